import Taro from '@tarojs/taro'

/** What the phone says about itself. */
export interface System {
  /** `zh_CN`, `en`, …; empty where nothing is known. */
  readonly language: string
  /** Of WeChat's base library, `3.6.4`; empty in a browser. */
  readonly sdkVersion: string
  /** How much larger than usual the person wants to read; 1 is usual. */
  readonly typeScale: number
  /** `iPhone 13`; empty where nothing is known. */
  readonly deviceName: string
}

/**
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getAppBaseInfo.html
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getDeviceInfo.html
 */
export function readSystem(): System {
  // Base libraries before 2.20.1 know only the third.
  const knowsApp = typeof Taro.getAppBaseInfo === 'function'
  const info = knowsApp ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync()
  const { model } = knowsApp ? Taro.getDeviceInfo() : Taro.getSystemInfoSync()
  const scale = 'fontSizeScaleFactor' in info ? Number(info.fontSizeScaleFactor) : 1
  return {
    language: info.language ?? '',
    sdkVersion: info.SDKVersion ?? '',
    // iPhones add their type, `iPhone 13<iPhone14,5>`; a browser may know none.
    deviceName: (model ?? '').replace(/<.*|^unknown$/, ''),
    typeScale: Math.min(Math.max(scale || 1, 1), 1.5),
  }
}
