import type { FailureCode, Retry } from '@kinpass/contracts'
import { type TransportErrorCode, toTransportErrorCode } from '@kinpass/trpc-taro'
import { isObject } from '../lib/is-object.ts'
import type { PhoneErrorReason } from './phone-result.ts'

/** An error that the app shows; each combination of source and reason has a message. */
export type AppError =
  | { readonly source: 'phone'; readonly reason: PhoneErrorReason }
  | { readonly source: 'wechat'; readonly reason: 'no-login-code' }
  | { readonly source: 'network'; readonly reason: TransportErrorCode }
  | { readonly source: 'server'; readonly reason: FailureCode | 'UNKNOWN'; readonly retry: Retry }

/** `wx.login` gave no code: there is no network, or WeChat is too old. */
export class NoLoginCodeError extends Error {
  override readonly name = 'NoLoginCodeError'
}

/** A call needs a session and there is none. */
export class NotLoggedInError extends Error {
  override readonly name = 'NotLoggedInError'
}

/** A wait that the server advises is shortened to this, for a person looks at the popup meanwhile. */
const MAX_WAIT_MS = 120_000

/**
 * Converts whatever a call threw.
 *
 * @param isKnownCode whether this build has a message for a failure code; a newer server may send others
 */
export function toAppError(error: unknown, isKnownCode: (code: string) => code is FailureCode): AppError {
  if (error instanceof NoLoginCodeError) return { source: 'wechat', reason: 'no-login-code' }
  const transportCode = toTransportErrorCode(error)
  if (transportCode !== undefined) return { source: 'network', reason: transportCode }
  if (error instanceof NotLoggedInError)
    return { source: 'server', reason: 'TOKEN_MISSING', retry: 'new-login-code' }
  const data = errorData(error)
  if (data === undefined) return { source: 'network', reason: 'unknown' }
  const { failure } = data
  const reason = typeof failure === 'string' && isKnownCode(failure) ? failure : 'UNKNOWN'
  return { source: 'server', reason, retry: parseRetry(data.retry) }
}

/**
 * Whether the API rejects the caller: status 401, or a banned member.
 *
 * Decided by the status, since a newer server may send codes that this build does not know. Transport errors,
 * a gateway's 401 included, are no rejection.
 */
export function isAuthRejected(error: unknown): boolean {
  const { httpStatus, failure } = errorData(error) ?? {}
  return httpStatus === 401 || failure === 'MEMBER_BANNED'
}

/** Whether the API advises a retry with a fresh login code. */
export function needsLoginCode(error: unknown): boolean {
  return errorData(error)?.retry === 'new-login-code'
}

/** Whether the connection broke after the request was sent; the API may have processed it. */
export function isInterrupted(error: unknown): boolean {
  return toTransportErrorCode(error) === 'interrupted'
}

const RETRY_ADVICE: readonly unknown[] = ['same-request', 'new-login-code', 'new-phone-tap'] satisfies Retry[]

/** `none` for advice that this build does not know. */
function parseRetry(retry: unknown): Retry {
  // The cast holds: every element of RETRY_ADVICE is a Retry.
  if (RETRY_ADVICE.includes(retry)) return retry as Retry
  if (!isObject(retry)) return 'none'
  const afterMs = Number(retry.afterMs)
  return afterMs >= 0 ? { afterMs: Math.min(afterMs, MAX_WAIT_MS) } : 'none'
}

/** The `data` of a tRPC error that the API itself sent; the fields are not validated. */
function errorData(error: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(error) && isObject(error.data) ? error.data : undefined
}
