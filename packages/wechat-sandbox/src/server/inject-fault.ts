import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultSeed } from '../state/faults.ts'
import type { WeChatCall } from './call.ts'
import { errcodeError } from './errcode-error.ts'
import { gatewayPage } from './gateway-page.ts'
import { sendResponse } from './http.ts'
import { respond, toErrorResponse, type WeChatResponse } from './respond.ts'

/** The outcome of a call: WeChat's errcode and the status sent; each undefined when there was none. */
export interface CallOutcome {
  readonly errcode: number | undefined
  readonly httpStatus: number | undefined
}

/** Responds to a call with a fault. `record` is called with the outcome before anything is sent. */
export async function injectFault(
  fault: FaultSeed,
  call: WeChatCall,
  { response, record }: { response: ServerResponse; record: (outcome: CallOutcome) => void },
): Promise<void> {
  switch (fault.kind) {
    case 'errcode':
      return send(toErrorResponse(call, errcodeError(call, fault.errcode, fault.errmsg)))
    case 'http':
      return sendGatewayPage(fault.status)
    case 'html':
      return sendGatewayPage(200)
    case 'truncated':
      return sendFirstHalf(respond(call))
    case 'slow': {
      const result = respond(call)
      await sleep(fault.ms, undefined, { ref: false })
      return send(result)
    }
    case 'lost':
      record({ errcode: respond(call).errcode, httpStatus: undefined })
      return void response.destroy()
    case 'reset':
      record({ errcode: undefined, httpStatus: undefined })
      return void response.socket?.resetAndDestroy()
    case 'silence':
      return record({ errcode: undefined, httpStatus: undefined })
  }

  function send(result: WeChatResponse): void {
    record({ errcode: result.errcode, httpStatus: result.status })
    sendResponse(response, result)
  }

  function sendGatewayPage(status: number): void {
    record({ errcode: undefined, httpStatus: status })
    sendResponse(response, { status, contentType: 'text/html', body: gatewayPage(status) })
  }

  function sendFirstHalf({ errcode, status, contentType, body }: WeChatResponse): void {
    record({ errcode, httpStatus: status })
    const bytes = Buffer.from(body)
    response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length })
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
  }
}
