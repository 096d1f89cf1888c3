import type { WeChatApp } from '../state/apps.ts'
import type { WeChatAccount } from '../state/people.ts'
import type { SandboxState } from '../state/state.ts'

/** One call to WeChat, read but not judged. */
export interface WeChatCall {
  readonly state: SandboxState
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Buffer
  readonly remoteAddress: string
  readonly rid: string
  /** What the route has found out, for the call log. */
  readonly log: { app?: WeChatApp; person?: WeChatAccount }
}

/** As WeChat writes it, `encoding` and all. */
export const JSON_CONTENT_TYPE = 'application/json; encoding=utf-8'

/** One endpoint of WeChat. `answer` returns the body of the answer or throws a Refusal. */
export interface WeChatEndpoint {
  readonly path: string
  readonly contentType: 'text/plain' | typeof JSON_CONTENT_TYPE
  handle(call: WeChatCall): object
}

/** A query parameter; empty and missing are the same to WeChat, and of doubled ones the first counts. */
export function parameter(call: WeChatCall, name: string): string | undefined {
  return call.query.get(name) || undefined
}
