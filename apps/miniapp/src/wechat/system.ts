import Taro from '@tarojs/taro'

/** What the phone says about itself. */
export interface System {
  /** `zh_CN`, `en`, …; empty where nothing is known. */
  readonly language: string
  /** Of WeChat's base library, `3.6.4`; empty in a browser. */
  readonly sdkVersion: string
  /** How much larger than usual the person wants to read; 1 is usual. */
  readonly typeScale: number
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getAppBaseInfo.html */
export function readSystem(): System {
  // Base libraries before 2.20.1 know only the second.
  const knowsApp = typeof Taro.getAppBaseInfo === 'function'
  const info = knowsApp ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync()
  const scale = 'fontSizeScaleFactor' in info ? Number(info.fontSizeScaleFactor) : 1
  return {
    language: info.language ?? '',
    sdkVersion: info.SDKVersion ?? '',
    typeScale: Math.min(Math.max(scale || 1, 1), 1.5),
  }
}
