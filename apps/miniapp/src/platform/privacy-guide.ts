import Taro from '@tarojs/taro'

/**
 * Opens the privacy guide that the operator filed with WeChat.
 *
 * @param onFail called when the base library is older than 2.32.3 or no guide is filed
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/privacy/wx.openPrivacyContract.html
 */
export function openPrivacyGuide(onFail: () => void): void {
  if (typeof Taro.openPrivacyContract === 'function') Taro.openPrivacyContract({ fail: onFail })
  else onFail()
}
