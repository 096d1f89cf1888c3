import type { TaroRequestFailure } from './taro-request.ts'
import type { TransportErrorCode } from './transport-error.ts'

/**
 * Patterns of platform messages, in order: the first match decides.
 *
 * Android and DevTools report Chromium's `net::ERR_…`, iOS reports in the phone's language, old clients in texts of their own.
 */
const MESSAGE_PATTERNS: readonly (readonly [TransportErrorCode, RegExp])[] = [
  ['domain-not-allowed', /domain list|not in domain|合法域名/i],
  ['timeout', /timed?[ _]?out|超时/i],
  ['certificate', /\bssl|\btls|_ssl_|cert|证书/i],
  // This abort is not the caller's: the link reports the caller's abort before it aborts the platform's task.
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

/** Returns WeChat's `errMsg`, or the message of a browser's error. */
export function getPlatformMessage({ errMsg, message }: TaroRequestFailure): string {
  return errMsg ?? message ?? ''
}

/** Maps the argument of a request's `fail` callback to a code, for the messages of all platforms. */
export function classifyFailure(failure: TaroRequestFailure): TransportErrorCode {
  const message = getPlatformMessage(failure)
  const [code] = MESSAGE_PATTERNS.find(([, pattern]) => pattern.test(message)) ?? []
  return code ?? CODES_BY_ERRNO[failure.errno ?? Number.NaN] ?? 'unknown'
}
