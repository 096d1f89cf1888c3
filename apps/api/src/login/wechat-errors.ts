import { Failure, type FailureCode } from '@kinpass/contracts'
import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from '@kinpass/wechat'
import type { CodeExchange } from './exchange-once.ts'

const FAILURES: Partial<Record<number, FailureCode>> = {
  [-1]: 'WECHAT_BUSY',
  40226: 'WECHAT_RISK_BLOCKED',
  45009: 'WECHAT_BUSY',
  45011: 'WECHAT_BUSY',
}

/** The same errcode means different failures for a login code and for a phone code. */
const FAILURES_BY_KIND: Record<CodeExchange<unknown>['kind'], Partial<Record<number, FailureCode>>> = {
  'login-code': { 40029: 'LOGIN_CODE_INVALID', 40163: 'LOGIN_CODE_SPENT' },
  // WeChat has one errcode for a phone code that is unknown, expired or spent.
  'phone-code': { 40029: 'PHONE_CODE_INVALID', 40163: 'PHONE_CODE_INVALID', 40003: 'PHONE_CODE_OF_ANOTHER' },
}

/** Throws the failure that an error of the WeChat client means for the login; rethrows any other error. */
export function throwAsFailure(kind: CodeExchange<unknown>['kind'], cause: unknown): never {
  if (cause instanceof WeChatApiError) {
    const code = FAILURES_BY_KIND[kind][cause.errcode] ?? FAILURES[cause.errcode] ?? 'WECHAT_MISCONFIGURED'
    throw new Failure(code, { cause })
  }
  if (cause instanceof WeChatUnreachableError || cause instanceof WeChatResponseError)
    throw new Failure('WECHAT_UNAVAILABLE', { cause })
  throw cause
}
