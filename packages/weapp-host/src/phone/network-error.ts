import { WxError } from '../runtime/wx-error.ts'
import type { PhonePlatform } from './phone-platform.ts'

/** Why a request gets no response. */
export type NetworkErrorCode =
  | 'offline'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'interrupted'
  | 'domain-not-allowed'

interface FailResult {
  readonly errMsg: string
  readonly errno?: number
}

/** From reports in WeChat's community and https://github.com/wendux/fly/issues/210. Other client versions may differ. */
const RESULTS: Readonly<Record<PhonePlatform, Readonly<Record<NetworkErrorCode, FailResult>>>> = {
  ios: {
    offline: { errMsg: 'request:fail 似乎已断开与互联网的连接。', errno: 600001 },
    refused: { errMsg: 'request:fail 未能连接到服务器。', errno: 600001 },
    reset: { errMsg: 'request:fail 网络连接已中断。', errno: 600001 },
    timeout: { errMsg: 'request:fail 请求超时。', errno: 5 },
    interrupted: { errMsg: 'request:fail interrupted', errno: 600003 },
    'domain-not-allowed': { errMsg: 'request:fail url not in domain list', errno: 600002 },
  },
  android: {
    offline: cronet(-106, 'ERR_INTERNET_DISCONNECTED'),
    refused: cronet(-102, 'ERR_CONNECTION_REFUSED'),
    reset: cronet(-101, 'ERR_CONNECTION_RESET'),
    timeout: cronet(-118, 'ERR_CONNECTION_TIMED_OUT'),
    interrupted: { errMsg: 'request:fail interrupted', errno: 600003 },
    'domain-not-allowed': { errMsg: 'request:fail:url not in domain list', errno: 600002 },
  },
  devtools: {
    offline: { errMsg: 'request:fail -106:net::ERR_INTERNET_DISCONNECTED' },
    refused: { errMsg: 'request:fail -102:net::ERR_CONNECTION_REFUSED' },
    reset: { errMsg: 'request:fail -101:net::ERR_CONNECTION_RESET' },
    timeout: { errMsg: 'request:fail timeout', errno: 5 },
    interrupted: { errMsg: 'request:fail interrupted' },
    'domain-not-allowed': { errMsg: 'request:fail url not in domain list', errno: 600002 },
  },
}

/** Returns the error of `wx.request` for a code, with the platform's message. */
export function createNetworkError(code: NetworkErrorCode, platform: PhonePlatform): WxError {
  const { errMsg, ...details } = RESULTS[platform][code]
  return new WxError(errMsg, details)
}

/** Cronet is the network stack of WeChat on Android. */
function cronet(code: number, name: string): FailResult {
  return {
    errMsg: `request:fail errcode:${code} cronet_error_code:${code} error_msg:net::${name}`,
    errno: 600001,
  }
}
