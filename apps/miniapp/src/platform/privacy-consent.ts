import Taro from '@tarojs/taro'

/** Id of the consent button; WeChat accepts consent only with the id of a button that was tapped. */
export const CONSENT_BUTTON_ID = 'agree-to-privacy'

/**
 * Replaces WeChat's privacy consent sheet by one of the app.
 *
 * WeChat has one listener, which cannot be removed. The API call that needs consent is pending until `reply` is called.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export function onConsentNeeded(listener: (reply: (agrees: boolean) => void) => void): void {
  if (typeof Taro.onNeedPrivacyAuthorization !== 'function') return
  Taro.onNeedPrivacyAuthorization((resolve) =>
    listener((agrees) =>
      resolve(agrees ? { event: 'agree', buttonId: CONSENT_BUTTON_ID } : { event: 'disagree' }),
    ),
  )
}
