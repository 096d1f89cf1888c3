import Taro from '@tarojs/taro'

const MAX_TYPE_SCALE = 1.5

/** What the platform reports about the phone. */
export interface SystemInfo {
  /** `zh_CN`, `en`, …; empty when unknown. */
  readonly language: string
  /** Version of WeChat's base library, `3.6.4`; empty in a browser. */
  readonly sdkVersion: string
  /** The person's font size setting, as a factor from 1 to 1.5. */
  readonly typeScale: number
  /** `iPhone 13`; empty when unknown. */
  readonly deviceName: string
}

/**
 * Reads the system information.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getAppBaseInfo.html
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getDeviceInfo.html
 */
export function readSystemInfo(): SystemInfo {
  // Base libraries before 2.20.1 have only getSystemInfoSync.
  const hasAppBaseInfo = typeof Taro.getAppBaseInfo === 'function'
  const info = hasAppBaseInfo ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync()
  const { model } = hasAppBaseInfo ? Taro.getDeviceInfo() : Taro.getSystemInfoSync()
  const scale = 'fontSizeScaleFactor' in info ? Number(info.fontSizeScaleFactor) : 1
  return {
    language: info.language ?? '',
    sdkVersion: info.SDKVersion ?? '',
    // iPhones append their model identifier, `iPhone 13<iPhone14,5>`; a browser may report `unknown`.
    deviceName: (model ?? '').replace(/<.*|^unknown$/, ''),
    typeScale: Math.min(Math.max(scale || 1, 1), MAX_TYPE_SCALE),
  }
}
