import type { IncomingMessage } from 'node:http'
import type { SandboxState } from '../state/state.ts'
import type { WeChatCall } from './call.ts'
import { createRid } from './rid.ts'

/** Reads a request as lenient as a gateway: doubled slashes are one, and a proxy's absolute address is a path. */
export function readCall(state: SandboxState, request: IncomingMessage, body: Buffer): WeChatCall {
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '')
  const at = target.indexOf('?')
  const path = at === -1 ? target : target.slice(0, at)
  return {
    state,
    method: request.method ?? 'GET',
    path: path.replace(/\/{2,}/g, '/') || '/',
    query: new URLSearchParams(at === -1 ? '' : target.slice(at + 1)),
    body,
    remoteAddress: request.socket.remoteAddress ?? '',
    rid: createRid(state.clock, state.ids),
    log: {},
  }
}
