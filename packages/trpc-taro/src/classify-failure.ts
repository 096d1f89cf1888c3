import type { TaroRequestFailure } from './taro-request.ts'
import type { TransportFailure } from './transport-error.ts'

/**
 * The first that matches decides, so the order matters: `Software caused connection abort` is no abort by the caller.
 *
 * Android and DevTools speak Chromium's `net::ERR_…`, iOS the language of the phone, old clients their own words.
 */
const reasons: readonly (readonly [TransportFailure, RegExp])[] = [
  ['domain-not-allowed', /domain list|not in domain|invalid domain|合法域名/i],
  ['timeout', /time[ds]?[ _]?out|ETIMEDOUT|超时/i],
  ['certificate', /\bssl|\btls|_ssl_|_cert_|certificate|证书|安全连接/i],
  [
    'interrupted',
    /interrupt|reset|connection[ _](abort|closed|lost)|connection was lost|hang up|broken pipe|empty_response|network_changed|unexpected end|已中断|连接丢失/i,
  ],
  ['aborted', /abort/i],
  [
    'offline',
    /disconnected|offline|resolve|refused|unreachable|ENOTFOUND|EAI_AGAIN|connect error|(fail|unable|not).{0,12} connect|failed to fetch|load failed|network ?error|断开与互联网|主机|[未无](能|法)连接|连接失败|网络不可用|无网络/i,
  ],
]

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const errnos: Readonly<Record<number, TransportFailure>> = {
  5: 'timeout',
  600002: 'domain-not-allowed',
  600003: 'interrupted',
}

/** What the platform said: WeChat's `errMsg`, or the message of a browser's error. */
export function messageOf({ errMsg, message }: TaroRequestFailure): string {
  return errMsg ?? message ?? ''
}

/** Finds the cause behind the `fail` callback of a request, whatever the platform calls it. */
export function classifyFailure(failure: TaroRequestFailure): TransportFailure {
  const said = messageOf(failure)
  return (
    reasons.find(([, words]) => words.test(said))?.[0] ?? errnos[failure.errno ?? Number.NaN] ?? 'unknown'
  )
}
