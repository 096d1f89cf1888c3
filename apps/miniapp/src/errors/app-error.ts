import type { FailureCode, Retry } from '@kinpass/contracts'
import { type TransportFailure, transportFailureOf } from '@kinpass/trpc-taro'
import { NoLoginCode } from './login-code-error.ts'
import type { PhoneTrouble } from './phone-result.ts'

/** Everything that can keep a person from getting in, each with its own words. */
export type Trouble =
  | { readonly at: 'phone'; readonly is: PhoneTrouble }
  | { readonly at: 'wechat'; readonly is: 'no-login-code' }
  | { readonly at: 'network'; readonly is: TransportFailure }
  | { readonly at: 'server'; readonly is: FailureCode | 'UNHEARD_OF'; readonly retry: Retry }

/**
 * Reads what ended a call.
 *
 * @param knows whether this build has words for a failure code: a newer server may send one it never heard of
 */
export function readTrouble(error: unknown, knows: (code: string) => code is FailureCode): Trouble {
  if (error instanceof NoLoginCode) return { at: 'wechat', is: 'no-login-code' }
  const transport = transportFailureOf(error)
  if (transport !== undefined) return { at: 'network', is: transport }
  if (error instanceof NobodyHere) return { at: 'server', is: 'TOKEN_MISSING', retry: 'new-login-code' }
  const answer = answerOf(error)
  if (answer === undefined) return { at: 'network', is: 'unknown' }
  const { failure } = answer
  const is = typeof failure === 'string' && knows(failure) ? failure : 'UNHEARD_OF'
  return { at: 'server', is, retry: readRetry(answer.retry) }
}

/** A member's call while nobody is logged in. */
export class NobodyHere extends Error {
  override readonly name = 'NobodyHere'
}

/** Whether the API will not have whoever asked, by whatever name a newer server may call it; a bad network refuses nobody. */
export function isRefusal(error: unknown): boolean {
  const { httpStatus, failure } = answerOf(error) ?? {}
  return httpStatus === 401 || failure === 'MEMBER_BANNED'
}

/** Whether a fresh login code helps, as the API says. */
export function wantsLoginCode(error: unknown): boolean {
  return answerOf(error)?.retry === 'new-login-code'
}

/** Whether the connection broke, perhaps after the API did what it was asked. */
export function wasInterrupted(error: unknown): boolean {
  return transportFailureOf(error) === 'interrupted'
}

const plainAdvice: readonly unknown[] = ['same-request', 'new-login-code', 'new-phone-tap'] satisfies Retry[]

/** Advice that this build never heard of is none. */
function readRetry(retry: unknown): Retry {
  // The list holds nothing else.
  if (plainAdvice.includes(retry)) return retry as Retry
  if (!isObject(retry)) return 'none'
  const afterMs = Number(retry.afterMs)
  return afterMs >= 0 ? { afterMs: Math.min(afterMs, longestWaitMs) } : 'none'
}

/** Nobody looks at a popup for longer. */
const longestWaitMs = 120_000

/** The `data` of a tRPC error, where the API itself answered. What is in it may be of a newer server. */
function answerOf(error: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(error) && isObject(error.data) ? error.data : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
