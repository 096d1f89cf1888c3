import type { IncomingMessage, ServerResponse } from 'node:http'
import type { World } from '../state/state.ts'
import type { Call } from './call.ts'
import { gatewayPage } from './gateway-page.ts'
import { type Outcome, playFault } from './inject-fault.ts'
import { readBody } from './read-body.ts'
import { readCall } from './read-call.ts'
import { decide, isKnown } from './respond.ts'
import { send } from './send.ts'

const MAX_BODY_BYTES = 1 << 20
const MAX_TARGET_BYTES = 8 << 10

/** Answers one HTTP request as api.weixin.qq.com would. */
export async function serveWeChat(
  world: () => World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === 'too-large') return turnAway(response, 413)
  if ((request.url ?? '').length > MAX_TARGET_BYTES) return turnAway(response, 414)
  const call = readCall(world(), request, body)
  const fault = isKnown(call.path) ? call.world.faults.strike(call.path) : undefined
  if (fault) return playFault(fault, call, response, (outcome) => record(call, outcome, fault.kind))
  const decision = decide(call)
  record(call, { errcode: decision.errcode, httpStatus: decision.status })
  send(response, decision)
}

function turnAway(response: ServerResponse, status: number): void {
  send(response, { status, contentType: 'text/html', body: gatewayPage(status) })
}

function record({ world, method, path, rid, seen }: Call, outcome: Outcome, fault?: string): void {
  world.calls.add({
    at: world.clock.now(),
    method,
    endpoint: isKnown(path) ? path : '(unknown)',
    appId: seen.app?.appId,
    person: seen.person?.name,
    ...outcome,
    rid,
    fault,
  })
}
