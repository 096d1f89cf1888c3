import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SandboxState } from '../state/state.ts'
import type { WeChatCall } from './call.ts'
import { gatewayPage } from './gateway-page.ts'
import { type CallOutcome, injectFault } from './inject-fault.ts'
import { readBody } from './read-body.ts'
import { readCall } from './read-call.ts'
import { isKnown, respond } from './respond.ts'
import { sendResponse } from './send.ts'

const MAX_BODY_BYTES = 1 << 20
const MAX_TARGET_BYTES = 8 << 10

/** Answers one HTTP request as api.weixin.qq.com would. */
export async function serveWeChat(
  state: () => SandboxState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === 'too-large') return turnAway(response, 413)
  if ((request.url ?? '').length > MAX_TARGET_BYTES) return turnAway(response, 414)
  const call = readCall(state(), request, body)
  const fault = isKnown(call.path) ? call.state.faults.match(call.path) : undefined
  if (fault) return injectFault(fault, call, response, (outcome) => record(call, outcome, fault.kind))
  const decision = respond(call)
  record(call, { errcode: decision.errcode, httpStatus: decision.status })
  sendResponse(response, decision)
}

function turnAway(response: ServerResponse, status: number): void {
  sendResponse(response, { status, contentType: 'text/html', body: gatewayPage(status) })
}

function record({ state, method, path, rid, log }: WeChatCall, outcome: CallOutcome, fault?: string): void {
  state.calls.add({
    at: state.clock.now(),
    method,
    endpoint: isKnown(path) ? path : '(unknown)',
    appId: log.app?.appId,
    person: log.person?.name,
    ...outcome,
    rid,
    fault,
  })
}
