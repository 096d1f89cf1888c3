import { type FailureCode, failures, type Retry } from './failures.ts'

/**
 * An expected failure that the caller may know of. Handlers throw it; the router's error formatter
 * passes `code` and `retry` to the client and nothing else. `cause` stays in the server's log.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly retry: Retry

  constructor(code: FailureCode, options: { cause?: unknown; afterMs?: number } = {}) {
    super(code, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retry = options.afterMs === undefined ? failures[code].retry : { afterMs: options.afterMs }
  }
}
