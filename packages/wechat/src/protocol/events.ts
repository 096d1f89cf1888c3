import type { Endpoint } from './retry-table.ts'

/** What happened inside the client: facts for a log or a meter. None holds a secret, a token or a code. */
export type WeChatEvent =
  | { readonly type: 'token-fetched'; readonly expiresInSeconds: number; readonly forced: boolean }
  | { readonly type: 'token-dropped'; readonly endpoint: Endpoint; readonly errcode: number }
  | { readonly type: 'token-renewal-failed'; readonly error: unknown }
  /** The key-value store failed; the client goes on without it, each process for itself. */
  | { readonly type: 'key-value-failed'; readonly operation: string; readonly error: unknown }
  | { readonly type: 'sent-again'; readonly endpoint: Endpoint; readonly attempt: number }
  | { readonly type: 'circuit-opened'; readonly endpoint: Endpoint }
  | { readonly type: 'circuit-closed'; readonly endpoint: Endpoint }

export type Emit = (event: WeChatEvent) => void
