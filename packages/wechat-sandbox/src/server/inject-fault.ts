import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultSeed } from '../state/faults.ts'
import type { WeChatCall } from './call.ts'
import { gatewayPage } from './gateway-page.ts'
import { errcodeError } from './refuse.ts'
import { respond, toErrorResponse, type WeChatResponse } from './respond.ts'
import { type Sendable, sendResponse } from './send.ts'

/** What became of a call: WeChat's decision, if it came to one, and the status that was sent, if one was. */
export interface CallOutcome {
  readonly errcode: number | undefined
  readonly httpStatus: number | undefined
}

/** Answers a call in the way of a fault. `note` is told what becomes of it before anything is sent. */
export async function injectFault(
  fault: FaultSeed,
  call: WeChatCall,
  response: ServerResponse,
  note: (outcome: CallOutcome) => void,
): Promise<void> {
  switch (fault.kind) {
    case 'errcode':
      return answer(toErrorResponse(call, errcodeError(call, fault.errcode, fault.errmsg)))
    case 'http':
      return page(fault.status)
    case 'html':
      return page(200)
    case 'truncated':
      return truncate(respond(call))
    case 'slow': {
      const decision = respond(call)
      await sleep(fault.ms, undefined, { ref: false })
      return answer(decision)
    }
    case 'lost':
      note({ errcode: respond(call).errcode, httpStatus: undefined })
      return void response.destroy()
    case 'reset':
      note({ errcode: undefined, httpStatus: undefined })
      return void response.socket?.resetAndDestroy()
    case 'silence':
      return note({ errcode: undefined, httpStatus: undefined })
  }

  function answer(decision: WeChatResponse): void {
    note({ errcode: decision.errcode, httpStatus: decision.status })
    sendResponse(response, decision)
  }

  function page(status: number): void {
    const sendable: Sendable = { status, contentType: 'text/html', body: gatewayPage(status) }
    note({ errcode: undefined, httpStatus: status })
    sendResponse(response, sendable)
  }

  function truncate({ errcode, status, contentType, body }: WeChatResponse): void {
    note({ errcode, httpStatus: status })
    const bytes = Buffer.from(body)
    response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length })
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
  }
}
