import type { ErrorData, FailureCode, Retry } from '@kinpass/contracts'
import { type TransportFailure, transportFailureOf } from '@kinpass/trpc-taro'
import { NoLoginCode } from '../login/login-code.ts'
import type { PhoneTrouble } from '../login/phone-outcome.ts'

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
  const answer = errorDataOf(error)
  if (answer === undefined) return { at: 'network', is: 'unknown' }
  const { failure, retry = 'none' } = answer
  return failure !== undefined && knows(failure)
    ? { at: 'server', is: failure, retry }
    : { at: 'server', is: 'UNHEARD_OF', retry }
}

/** The `data` of a tRPC error, where the API itself answered. Its fields are optional: the server may be newer. */
function errorDataOf(error: unknown): Partial<ErrorData> | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { data } = error
  return typeof data === 'object' && data !== null ? data : undefined
}
