import type { Platform } from './platform.ts'

/** What becomes of a tap on `<button open-type="getPhoneNumber">`. */
export type PhoneNumberOutcome =
  | { readonly allowed: string }
  | 'refused'
  | 'no-quota'
  | 'no-permission'
  | 'no-phone'
  | 'privacy-refused'
  | 'privacy-undeclared'
  | 'old-library'

const refusals: Readonly<Record<Platform, string>> = {
  ios: 'getPhoneNumber:fail user deny',
  android: 'getPhoneNumber:fail:user deny',
  devtools: 'getPhoneNumber:fail user deny',
}

/**
 * The `detail` of `bindgetphonenumber`, in the words of each platform.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html and the community's reports
 */
export function phoneNumberAnswer(outcome: PhoneNumberOutcome, platform: Platform): object {
  if (typeof outcome === 'object') {
    return {
      errMsg: 'getPhoneNumber:ok',
      code: outcome.allowed,
      encryptedData: 'not-for-tests',
      iv: 'not-for-tests',
    }
  }
  switch (outcome) {
    case 'refused':
      return { errMsg: refusals[platform] }
    case 'no-quota':
      return { errMsg: 'getPhoneNumber:fail jsapi has no quota', errno: 1400001 }
    case 'no-permission':
      return {
        errMsg:
          platform === 'android' ? 'getPhoneNumber:fail:no permission' : 'getPhoneNumber:fail no permission',
      }
    case 'no-phone':
      return { errMsg: 'getPhoneNumber:fail 用户未绑定手机，请先在微信中绑定手机号' }
    case 'privacy-refused':
      return { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 }
    case 'privacy-undeclared':
      return { errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement', errno: 112 }
    case 'old-library':
      // Base libraries below 2.21.2 give no code.
      return { errMsg: 'getPhoneNumber:ok', encryptedData: 'not-for-tests', iv: 'not-for-tests' }
  }
}
