import type { CodeKind } from '../protocol/explain-code.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import { explainErrcode } from './errcodes.ts'

/**
 * WeChat understood the call and answered with an errcode. What to do depends on the errcode: `mend`
 * says it in words, `errcode` to the program.
 *
 * The message holds no URL, secret, token, code or phone number.
 */
export class WeChatRefused extends Error {
  override readonly name = 'WeChatRefused'
  readonly code = 'WECHAT_REFUSED'
  readonly endpoint: Endpoint
  readonly errcode: number
  /** WeChat's number for the call; its support and its diagnosis tool ask for it. */
  readonly rid: string | undefined
  /** WeChat's own words without rid, hints and whatever could be a secret: `invalid code`. */
  readonly saying: string
  readonly meaning: string
  readonly mend: string
  /** The kind that the code which was sent has by its shape, where the call carried one. */
  readonly sentCodeKind: CodeKind | undefined

  constructor(facts: {
    endpoint: Endpoint
    errcode: number
    rid: string | undefined
    saying: string
    sentCodeKind?: CodeKind | undefined
  }) {
    const { meaning, mend } = explainErrcode(facts.errcode)
    const rid = facts.rid === undefined ? '' : ` (rid ${facts.rid})`
    super(`WeChat refused ${facts.endpoint} with ${facts.errcode}: ${meaning}. ${mend}${rid}`)
    this.endpoint = facts.endpoint
    this.errcode = facts.errcode
    this.rid = facts.rid
    this.saying = facts.saying
    this.meaning = meaning
    this.mend = mend
    this.sentCodeKind = facts.sentCodeKind
  }
}

/** Why no answer of WeChat's came. */
export type UnreachableReason = 'timeout' | 'network' | 'http-5xx' | 'circuit-open'

/**
 * No answer of WeChat's came. Waiting and trying again may help; whether the same one-time code may be
 * used for it, `sent` tells: only `false` means that WeChat cannot have seen it, because the connection, the
 * circuit or the access token was missing.
 */
export class WeChatUnreachable extends Error {
  override readonly name = 'WeChatUnreachable'
  readonly code = 'WECHAT_UNREACHABLE'
  readonly endpoint: Endpoint
  readonly reason: UnreachableReason
  readonly sent: boolean | 'unknown'

  constructor(
    facts: { endpoint: Endpoint; reason: UnreachableReason; sent: boolean | 'unknown' },
    options?: { cause?: unknown },
  ) {
    super(`WeChat did not answer ${facts.endpoint}: ${unreachable[facts.reason]}`, options)
    this.endpoint = facts.endpoint
    this.reason = facts.reason
    this.sent = facts.sent
  }
}

const unreachable: Record<UnreachableReason, string> = {
  timeout: 'the deadline passed. Check the way out to api.weixin.qq.com.',
  network: 'the connection failed. Check DNS, firewall and proxy towards api.weixin.qq.com.',
  'http-5xx': 'a gateway answered in its place. Try again in a moment.',
  'circuit-open': 'it failed several times in a row, so calls fail at once for some seconds.',
}

/** What makes an answer or a message unreadable. */
export type UnreadableReason =
  | 'not-json'
  | 'too-large'
  | 'shape'
  | 'phone-missing'
  | 'watermark-appid'
  | 'watermark-age'
  | 'decryption'
  | 'signature'
  | 'openid'

/**
 * Something came that is not what WeChat promises: another shape, another app's watermark, a wrong
 * signature. Trying again does not help; a code that was sent is spent.
 */
export class WeChatUnreadable extends Error {
  override readonly name = 'WeChatUnreadable'
  readonly code = 'WECHAT_UNREADABLE'
  readonly endpoint: Endpoint | 'encryptedData' | 'push'
  readonly reason: UnreadableReason
  /** The HTTP status it came with, where it came over HTTP. */
  readonly status: number | undefined

  constructor(
    facts: { endpoint: WeChatUnreadable['endpoint']; reason: UnreadableReason; status?: number | undefined },
    options?: { cause?: unknown },
  ) {
    super(`Cannot read what came for ${facts.endpoint}: ${unreadable[facts.reason]}`, options)
    this.endpoint = facts.endpoint
    this.reason = facts.reason
    this.status = facts.status
  }
}

const unreadable: Record<UnreadableReason, string> = {
  'not-json': 'it is not a JSON object. A proxy or a login page may stand in between.',
  'too-large': 'it is larger than any answer of WeChat.',
  shape: 'fields are missing or of another type.',
  'phone-missing': 'WeChat said ok but gave no phone number.',
  'watermark-appid': 'it names another mini-program. Compare the appid of server and mini-program.',
  'watermark-age': "its watermark is too old, or of the future. Check this machine's clock.",
  decryption: 'it does not decrypt with this session key. The key may be one login too old.',
  signature: 'its signature is wrong. Compare the token and the EncodingAESKey with the console.',
  openid: 'it belongs to another user.',
}
