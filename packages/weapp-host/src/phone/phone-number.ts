import type { PhonePlatform } from './phone-platform.ts'

/** Result of WeChat's phone number sheet; `allowed` is the phone code. */
export type PhoneSheetResult =
  | { readonly allowed: string }
  | 'refused'
  | 'no-quota'
  | 'no-permission'
  | 'no-phone'
  | 'privacy-refused'
  | 'privacy-undeclared'
  | 'old-library'

const USER_DENY_MESSAGES: Readonly<Record<PhonePlatform, string>> = {
  ios: 'getPhoneNumber:fail user deny',
  android: 'getPhoneNumber:fail:user deny',
  devtools: 'getPhoneNumber:fail user deny',
}

/**
 * Returns the `detail` of `bindgetphonenumber`, with the platform's message.
 *
 * From https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html and reports in WeChat's
 * community.
 */
export function toPhoneNumberDetail(result: PhoneSheetResult, platform: PhonePlatform): object {
  if (typeof result === 'object') {
    return {
      errMsg: 'getPhoneNumber:ok',
      code: result.allowed,
      encryptedData: 'not-for-tests',
      iv: 'not-for-tests',
    }
  }
  switch (result) {
    case 'refused':
      return { errMsg: USER_DENY_MESSAGES[platform] }
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
      // Base libraries below 2.21.2 return no code.
      return { errMsg: 'getPhoneNumber:ok', encryptedData: 'not-for-tests', iv: 'not-for-tests' }
  }
}
