import type { IncomingMessage } from 'node:http'
import type { WeChatApp } from '../state/apps.ts'
import type { SandboxClock } from '../state/clock.ts'
import { HEX, type IdGenerator } from '../state/id-generator.ts'
import type { WeChatAccount } from '../state/people.ts'
import type { SandboxState } from '../state/state.ts'

/** One call to WeChat, parsed but not validated. */
export interface WeChatCall {
  readonly state: SandboxState
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Buffer
  readonly remoteAddress: string
  readonly rid: string
  /** Filled in by the endpoint, for the call log. */
  readonly log: { app?: WeChatApp; person?: WeChatAccount }
}

/** Parses a request as leniently as a gateway: merges repeated slashes, accepts a proxy's absolute URL. */
export function readCall(state: SandboxState, request: IncomingMessage, body: Buffer): WeChatCall {
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '')
  const queryAt = target.indexOf('?')
  const path = queryAt === -1 ? target : target.slice(0, queryAt)
  return {
    state,
    method: request.method ?? 'GET',
    path: path.replace(/\/{2,}/g, '/') || '/',
    query: new URLSearchParams(queryAt === -1 ? '' : target.slice(queryAt + 1)),
    body,
    remoteAddress: request.socket.remoteAddress ?? '',
    rid: createRid(state.clock, state.ids),
    log: {},
  }
}

/** The first query parameter of that name. WeChat treats an empty one as missing. */
export function parameter(call: WeChatCall, name: string): string | undefined {
  return call.query.get(name) || undefined
}

/** The request id that WeChat's support needs: three blocks of 8 hex digits, the first the unix time. */
export function createRid(clock: SandboxClock, ids: IdGenerator): string {
  const seconds = Math.floor(clock.now().getTime() / 1000)
  const time = seconds.toString(16).padStart(8, '0').slice(-8)
  return `${time}-${ids.unique(HEX, 8, 'rid', 'second')}-${ids.unique(HEX, 8, 'rid', 'third')}`
}
