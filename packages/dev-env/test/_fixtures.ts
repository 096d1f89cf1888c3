import { type FailureCode, failures, type Retry } from '@kinpass/contracts'

/** The parts of an HTTP response that the client reads. */
export interface HttpReply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** A failure of the API. `code` may be one that this build does not know. */
export function failureReply(code: string, retry: Retry = retryAdviceOf(code)): HttpReply {
  const data = { code: 'BAD_REQUEST', httpStatus: 400, failure: code, retry, requestId: 'a test request' }
  return {
    status: 400,
    contentType: 'application/json',
    body: JSON.stringify({ error: { message: code, code: -32_600, data } }),
  }
}

/** An HTML page, as from a gateway or a captive portal. */
export function htmlReply(status: number): HttpReply {
  return { status, contentType: 'text/html', body: '<html><body><h1>nginx</h1></body></html>' }
}

function retryAdviceOf(code: string): Retry {
  const known: Partial<Record<string, { readonly retry: Retry }>> = failures satisfies Record<
    FailureCode,
    object
  >
  return known[code]?.retry ?? 'none'
}
