import type { TaroRequestFailure } from './taro-request.ts'
import type { TransportErrorCode } from './transport-error.ts'

/**
 * The first that matches decides, so the order matters.
 *
 * Android and DevTools speak Chromium's `net::ERR_…`, iOS the language of the phone, old clients their own words.
 */
const MESSAGE_PATTERNS: readonly (readonly [TransportErrorCode, RegExp])[] = [
  ['domain-not-allowed', /domain list|not in domain|合法域名/i],
  ['timeout', /timed?[ _]?out|超时/i],
  ['certificate', /\bssl|\btls|_ssl_|cert|证书/i],
  // An abort that arrives here is not the caller's: that one was reported before the platform heard of it.
  ['interrupted', /interrupt|abort|reset|closed|lost|hang up|broken pipe|empty_resp|_changed|中断|丢失/i],
  [
    'offline',
    /offline|disconnected|断开|resolve|ENOTFOUND|主机|refused|unreachable|connect error|(fail|unable|not).* (connect|fetch)|load failed|networkerror|连接(失败|到)|网络不可用|无网络/i,
  ],
]

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const CODES_BY_ERRNO: Readonly<Record<number, TransportErrorCode>> = {
  5: 'timeout',
  600002: 'domain-not-allowed',
  600003: 'interrupted',
}

/** What the platform said: WeChat's `errMsg`, or the message of a browser's error. */
export function getPlatformMessage({ errMsg, message }: TaroRequestFailure): string {
  return errMsg ?? message ?? ''
}

/** Finds the cause behind the `fail` callback of a request, whatever the platform calls it. */
export function classifyFailure(failure: TaroRequestFailure): TransportErrorCode {
  const said = getPlatformMessage(failure)
  return (
    MESSAGE_PATTERNS.find(([, words]) => words.test(said))?.[0] ?? CODES_BY_ERRNO[failure.errno ?? Number.NaN] ?? 'unknown'
  )
}
