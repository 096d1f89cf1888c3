/** Why WeChat's phone button gave no phone code. */
export type PhoneErrorReason =
  | 'refused'
  | 'no-quota'
  | 'no-permission'
  | 'privacy-refused'
  | 'privacy-undeclared'
  | 'no-phone'
  | 'old-wechat'
  | 'unknown'

export type PhoneResult =
  | { readonly type: 'granted'; readonly phoneCode: string }
  | { readonly type: 'failed'; readonly reason: PhoneErrorReason }

/** `e.detail` of `bindgetphonenumber`. Its fields depend on the platform and WeChat's version. */
export interface PhoneButtonDetail {
  readonly code?: string
  readonly errMsg?: string
  readonly errno?: number | string
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
const REASON_BY_ERRNO: Readonly<Record<string, PhoneErrorReason>> = {
  104: 'privacy-refused',
  112: 'privacy-undeclared',
  1400001: 'no-quota',
}

/**
 * Patterns of `errMsg`; the first match decides.
 *
 * iOS, Android and DevTools differ in colons and wording
 * (`getPhoneNumber:fail user deny`, `getPhoneNumber:fail:user deny`, `getPhoneNumber:user deny`).
 */
const REASON_PATTERNS: readonly (readonly [PhoneErrorReason, RegExp])[] = [
  ['privacy-undeclared', /not declared in the privacy|privacy agreement/i],
  ['privacy-refused', /privacy/i],
  ['refused', /deny|denied|cancel/i],
  ['no-quota', /quota|1400001/i],
  ['no-phone', /未绑定|bind/i],
  ['no-permission', /permission|unauthorized|not auth/i],
  // Base libraries before 2.21.2 report success without a phone code.
  ['old-wechat', /:ok$/],
]

/** Parses the event detail of WeChat's phone button. */
export function parsePhoneResult({ code, errMsg = '', errno }: PhoneButtonDetail): PhoneResult {
  if (code) return { type: 'granted', phoneCode: code }
  const reason =
    REASON_BY_ERRNO[String(errno)] ??
    REASON_PATTERNS.find(([, pattern]) => pattern.test(errMsg))?.[0] ??
    'unknown'
  return { type: 'failed', reason }
}
