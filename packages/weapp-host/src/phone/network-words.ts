import type { Platform } from './platform.ts'

/** Why a request brings no answer. */
export type NetworkFault = 'offline' | 'refused' | 'reset' | 'timeout' | 'interrupted' | 'domain-not-allowed'

interface Words {
  readonly errMsg: string
  readonly errno?: number
}

/** Collected from WeChat's community and https://github.com/wendux/fly/issues/210; a client of another version may differ. */
const words: Readonly<Record<Platform, Readonly<Record<NetworkFault, Words>>>> = {
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

/** What a phone says to a fault of the network. */
export function wordsFor(fault: NetworkFault, platform: Platform): Words {
  return words[platform][fault]
}

function cronet(code: number, name: string): Words {
  return {
    errMsg: `request:fail errcode:${code} cronet_error_code:${code} error_msg:net::${name}`,
    errno: 600001,
  }
}
