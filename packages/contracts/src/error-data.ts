import type { FailureCode, Retry } from './failures.ts'

/** One fault of the input: where, and which rule, as codes. The client chooses the words. */
export interface InputIssue {
  /** Path in the input, joined by dots: `phoneCode`. */
  readonly at: string
  /** zod's issue code: `invalid_type`, `too_big`, `unrecognized_keys`, … */
  readonly code: string
}

/** All that a failed call tells its caller. Never a stack, never a raw message. */
export interface ErrorData {
  /** tRPC's own word, `UNAUTHORIZED`. */
  readonly code: string
  readonly httpStatus: number
  readonly failure: FailureCode
  readonly retry: Retry
  /** Stands in the server's log beside the cause. */
  readonly requestId: string
  readonly issues?: readonly InputIssue[]
}
