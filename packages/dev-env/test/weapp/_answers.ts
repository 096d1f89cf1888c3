import { type FailureCode, failures, type Retry } from '@kinpass/contracts'
import type { Answer } from './_gateway.ts'

/** What the API sends for a failure; `code` may be one that this build has never heard of. */
export function failureAnswer(code: string, retry: Retry = adviceOf(code)): Answer {
  const data = { code: 'BAD_REQUEST', httpStatus: 400, failure: code, retry, requestId: 'of a test' }
  return {
    status: 400,
    type: 'application/json',
    body: JSON.stringify({ error: { message: code, code: -32_600, data } }),
  }
}

/** A page where an answer was expected. */
export function htmlPage(status: number): Answer {
  return { status, type: 'text/html', body: '<html><body><h1>nginx</h1></body></html>' }
}

function adviceOf(code: string): Retry {
  const known: Partial<Record<string, { readonly retry: Retry }>> = failures satisfies Record<
    FailureCode,
    object
  >
  return known[code]?.retry ?? 'none'
}
