import type { Endpoint } from './retry-table.ts'

/** What `onEvent` receives, for logs and metrics. Contains no secret, token or code. */
export type WeChatEvent =
  | { readonly type: 'token-fetched'; readonly expiresInSeconds: number; readonly forced: boolean }
  | { readonly type: 'token-invalidated'; readonly endpoint: Endpoint; readonly errcode: number }
  | { readonly type: 'token-renewal-failed'; readonly error: unknown }
  /** The key-value store failed. The client continues with the token in this process's memory. */
  | { readonly type: 'key-value-failed'; readonly operation: string; readonly error: unknown }
  /** A request is retried after an outage; `attempt` is 2 for the first retry. */
  | { readonly type: 'request-retried'; readonly endpoint: Endpoint; readonly attempt: number }
  | { readonly type: 'circuit-opened'; readonly endpoint: Endpoint }
  | { readonly type: 'circuit-closed'; readonly endpoint: Endpoint }

export type Emit = (event: WeChatEvent) => void
