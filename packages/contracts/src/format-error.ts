import { type TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { z } from 'zod'
import { Failure, type FailureCode, failures, type Retry } from './failures.ts'

/** One violated rule of the input schema. The client chooses the message. */
export interface InputIssue {
  /** Path in the input, joined by dots: `phoneCode`. */
  readonly at: string
  /** zod's issue code: `invalid_type`, `too_big`, `unrecognized_keys`, … */
  readonly code: string
}

/** What the client receives about a failed call. Never a stack or an internal message. */
export interface ErrorData {
  /** The tRPC error code: `UNAUTHORIZED`. */
  readonly code: string
  readonly httpStatus: number
  readonly failure: FailureCode
  readonly retry: Retry
  /** The id under which the server's log holds the cause. */
  readonly requestId: string
  readonly issues?: readonly InputIssue[]
}

/** The failure behind an error that tRPC raises before or after the handler. */
const failureOfTrpcCode: Partial<Record<TRPCError['code'], FailureCode>> = {
  BAD_REQUEST: 'INPUT_INVALID',
  PARSE_ERROR: 'BODY_UNREADABLE',
  PAYLOAD_TOO_LARGE: 'BODY_TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'BODY_NOT_JSON',
  METHOD_NOT_SUPPORTED: 'METHOD_WRONG',
  NOT_FOUND: 'PROCEDURE_UNKNOWN',
}

/** Gives an error with a `Failure` inside the tRPC code of the failure table. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error
  return cause instanceof Failure
    ? new TRPCError({ code: failures[cause.code].trpc, message: cause.code, cause })
    : error
}

/** Returns the failure code of an error; an unexpected error is `INTERNAL`. */
export function toFailureCode(error: TRPCError): FailureCode {
  if (error.cause instanceof Failure) return error.cause.code
  const isSchemaError = error.cause instanceof z.core.$ZodError
  if (error.code === 'BAD_REQUEST' && !isSchemaError) return 'BODY_UNREADABLE' // tRPC could not read the input.
  return failureOfTrpcCode[error.code] ?? 'INTERNAL'
}

/** tRPC's error formatter: passes codes and retry advice, never a message, a cause or a stack. */
export function formatError({
  shape,
  error,
  ctx,
}: {
  shape: TRPCDefaultErrorShape
  error: TRPCError
  ctx?: { readonly requestId: string } | undefined
}) {
  const failure = toFailureCode(error)
  const issues = inputIssues(error)
  const data: ErrorData = {
    code: error.code,
    httpStatus: getHTTPStatusCodeFromError(error),
    failure,
    retry: error.cause instanceof Failure ? error.cause.retry : failures[failure].retry,
    requestId: ctx?.requestId ?? 'none',
    ...(issues && { issues }),
  }
  return { code: shape.code, message: failure as string, data }
}

function inputIssues(error: TRPCError): InputIssue[] | undefined {
  if (error.code !== 'BAD_REQUEST' || !(error.cause instanceof z.core.$ZodError)) return undefined
  return error.cause.issues.map((issue) => ({ at: issue.path.map(String).join('.'), code: issue.code }))
}
