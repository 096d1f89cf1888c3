import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SandboxState } from '../state/state.ts'
import { readCall, type WeChatCall } from './call.ts'
import { gatewayPage } from './gateway-page.ts'
import { readBody, sendResponse } from './http.ts'
import { type CallOutcome, injectFault } from './inject-fault.ts'
import { hasEndpoint, respond } from './respond.ts'

const MAX_BODY_BYTES = 1 << 20
const MAX_TARGET_BYTES = 8 << 10

/** Handles one HTTP request as api.weixin.qq.com does. */
export async function serveWeChat(
  state: () => SandboxState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === 'too-large') return sendGatewayPage(response, 413)
  if ((request.url ?? '').length > MAX_TARGET_BYTES) return sendGatewayPage(response, 414)
  const call = readCall(state(), request, body)
  const fault = hasEndpoint(call.path) ? call.state.faults.match(call.path) : undefined
  if (fault) {
    return injectFault(fault, call, {
      response,
      record: (outcome) => record(call, outcome, fault.kind),
    })
  }
  const result = respond(call)
  record(call, { errcode: result.errcode, httpStatus: result.status })
  sendResponse(response, result)
}

function sendGatewayPage(response: ServerResponse, status: number): void {
  sendResponse(response, { status, contentType: 'text/html', body: gatewayPage(status) })
}

function record({ state, method, path, rid, log }: WeChatCall, outcome: CallOutcome, fault?: string): void {
  state.calls.add({
    at: state.clock.now(),
    method,
    endpoint: hasEndpoint(path) ? path : '(unknown)', // an unknown path can contain a secret
    appId: log.app?.appId,
    person: log.person?.name,
    ...outcome,
    rid,
    fault,
  })
}
