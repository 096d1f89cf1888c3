import type { App } from '../state/apps.ts'
import type { Account } from '../state/people.ts'
import type { World } from '../state/state.ts'

/** One call to WeChat, read but not judged. */
export interface Call {
  readonly world: World
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Buffer
  readonly remoteAddress: string
  readonly rid: string
  /** What the route has found out, for the call log. */
  readonly seen: { app?: App; person?: Account }
}

/** As WeChat writes it, `encoding` and all. */
export const JSON_ANSWER = 'application/json; encoding=utf-8'

/** One endpoint of WeChat. `answer` returns the body of the answer or throws a Refusal. */
export interface Route {
  readonly path: string
  readonly contentType: 'text/plain' | typeof JSON_ANSWER
  answer(call: Call): object
}

/** A query parameter; empty and missing are the same to WeChat, and of doubled ones the first counts. */
export function parameter(call: Call, name: string): string | undefined {
  return call.query.get(name) || undefined
}
