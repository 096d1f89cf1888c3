import { type TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { z } from 'zod'
import type { ErrorData, InputIssue } from './error-data.ts'
import { Failure } from './failure.ts'
import { type FailureCode, failures } from './failures.ts'

/** The failure behind an error that tRPC raised by itself, before or after a handler ran. */
const failureOfTrpc: Partial<Record<TRPCError['code'], FailureCode>> = {
  BAD_REQUEST: 'INPUT_INVALID',
  PARSE_ERROR: 'BODY_UNREADABLE',
  PAYLOAD_TOO_LARGE: 'BODY_TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'BODY_NOT_JSON',
  METHOD_NOT_SUPPORTED: 'METHOD_WRONG',
  NOT_FOUND: 'PROCEDURE_UNKNOWN',
}

/** Gives a handler's `Failure` the tRPC code, and so the HTTP status, that the table of failures names. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error
  return cause instanceof Failure
    ? new TRPCError({ code: failures[cause.code].trpc, message: cause.code, cause })
    : error
}

/** Reads which failure a call ended with; what nobody expected is `INTERNAL`. */
export function failureOf(error: TRPCError): FailureCode {
  if (error.cause instanceof Failure) return error.cause.code
  const brokeRules = error.cause instanceof z.core.$ZodError
  if (error.code === 'BAD_REQUEST' && !brokeRules) return 'BODY_UNREADABLE' // tRPC read no input at all
  return failureOfTrpc[error.code] ?? 'INTERNAL'
}

/** tRPC's error formatter: lets through codes and advice, never a message, a cause or a stack. */
export function formatError({
  shape,
  error,
  ctx,
}: {
  shape: TRPCDefaultErrorShape
  error: TRPCError
  ctx?: { readonly requestId: string } | undefined
}) {
  const failure = failureOf(error)
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
