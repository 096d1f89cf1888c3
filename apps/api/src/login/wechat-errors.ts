import { Failure, type FailureCode } from '@kinpass/contracts'
import { WeChatApiError, WeChatUnreachableError, WeChatResponseError } from '@kinpass/wechat'

/** The two questions a login asks WeChat; the same errcode means different things in each. */
export type Question = 'login-code' | 'phone-code'

const always: Partial<Record<number, FailureCode>> = {
  [-1]: 'WECHAT_BUSY',
  40226: 'WECHAT_RISK_BLOCKED',
  45009: 'WECHAT_BUSY',
  45011: 'WECHAT_BUSY',
}

const byQuestion: Record<Question, Partial<Record<number, FailureCode>>> = {
  'login-code': { 40029: 'LOGIN_CODE_INVALID', 40163: 'LOGIN_CODE_SPENT' },
  // WeChat has one errcode for a phone code that is unknown, expired or spent.
  'phone-code': { 40029: 'PHONE_CODE_INVALID', 40163: 'PHONE_CODE_INVALID', 40003: 'PHONE_CODE_OF_ANOTHER' },
}

/** Says what a failed question to WeChat means for the person who logs in. Throws always. */
export function throwWeChatFailure(question: Question, cause: unknown): never {
  if (cause instanceof WeChatApiError)
    throw new Failure(
      byQuestion[question][cause.errcode] ?? always[cause.errcode] ?? 'WECHAT_MISCONFIGURED',
      { cause },
    )
  if (cause instanceof WeChatUnreachableError || cause instanceof WeChatResponseError)
    throw new Failure('WECHAT_UNAVAILABLE', { cause })
  throw cause
}
