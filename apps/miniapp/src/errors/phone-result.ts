/** Why WeChat's phone button gave no phone code. */
export type PhoneTrouble =
  | 'refused'
  | 'no-quota'
  | 'no-permission'
  | 'privacy-refused'
  | 'privacy-undeclared'
  | 'no-phone'
  | 'old-wechat'
  | 'unknown'

export type PhoneOutcome =
  | { readonly is: 'allowed'; readonly phoneCode: string }
  | { readonly is: 'stopped'; readonly by: PhoneTrouble }

/** `e.detail` of `bindgetphonenumber`; which fields come depends on the platform and its age. */
export interface PhoneAnswer {
  readonly code?: string
  readonly errMsg?: string
  readonly errno?: number | string
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
const errnos: Readonly<Record<string, PhoneTrouble>> = {
  104: 'privacy-refused',
  112: 'privacy-undeclared',
  1400001: 'no-quota',
}

/**
 * The first that matches decides. iOS, Android and DevTools differ in colons and wording
 * (`getPhoneNumber:fail user deny`, `getPhoneNumber:fail:user deny`, `getPhoneNumber:user deny`).
 */
const words: readonly (readonly [PhoneTrouble, RegExp])[] = [
  ['privacy-undeclared', /not declared in the privacy|privacy agreement/i],
  ['privacy-refused', /privacy/i],
  ['refused', /deny|denied|cancel/i],
  ['no-quota', /quota|1400001/i],
  ['no-phone', /未绑定|bind/i],
  ['no-permission', /permission|unauthorized|not auth/i],
  // Base libraries before 2.21.2 allow, but know no phone code.
  ['old-wechat', /:ok$/],
]

/** Reads what the person, or WeChat, answered to the phone button. */
export function readPhoneAnswer({ code, errMsg = '', errno }: PhoneAnswer): PhoneOutcome {
  if (code) return { is: 'allowed', phoneCode: code }
  const by = errnos[String(errno)] ?? words.find(([, said]) => said.test(errMsg))?.[0] ?? 'unknown'
  return { is: 'stopped', by }
}
