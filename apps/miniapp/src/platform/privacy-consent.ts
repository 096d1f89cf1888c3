import Taro from '@tarojs/taro'

/** The button whose tap WeChat wants to have seen before it believes in consent. */
export const consentButtonId = 'agree-to-privacy'

/**
 * Leaves the asking for privacy consent to the app; without a listener WeChat shows a sheet of its own. There is one
 * listener, and no way to take it back. Until `answer` is called, what needs the consent waits.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export function onNeedConsent(ask: (answer: (agrees: boolean) => void) => void): void {
  if (typeof Taro.onNeedPrivacyAuthorization !== 'function') return
  Taro.onNeedPrivacyAuthorization((resolve) =>
    ask((agrees) => resolve(agrees ? { event: 'agree', buttonId: consentButtonId } : { event: 'disagree' })),
  )
}
