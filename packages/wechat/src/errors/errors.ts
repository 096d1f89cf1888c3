import type { CodeKind } from '../protocol/explain-code.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import { explainErrcode } from './errcodes.ts'

/**
 * WeChat understood the call and answered with an errcode. What to do depends on the errcode: `mend`
 * says it in words, `errcode` to the program.
 *
 * The message holds no URL, secret, token, code or phone number.
 */
export class WeChatApiError extends Error {
  override readonly name = 'WeChatApiError'
  readonly code = 'WECHAT_REFUSED'
  readonly endpoint: Endpoint
  readonly errcode: number
  /** WeChat's number for the call; its support and its diagnosis tool ask for it. */
  readonly rid: string | undefined
  /** WeChat's own words without rid, hints and whatever could be a secret: `invalid code`. */
  readonly wechatMessage: string
  readonly meaning: string
  readonly hint: string
  /** The kind that the code which was sent has by its shape, where the call carried one. */
  readonly sentCodeKind: CodeKind | undefined

  constructor(details: {
    endpoint: Endpoint
    errcode: number
    rid: string | undefined
    wechatMessage: string
    sentCodeKind?: CodeKind | undefined
  }) {
    const { meaning, hint } = explainErrcode(details.errcode)
    const rid = details.rid === undefined ? '' : ` (rid ${details.rid})`
    super(`WeChat refused ${details.endpoint} with ${details.errcode}: ${meaning}. ${hint}${rid}`)
    this.endpoint = details.endpoint
    this.errcode = details.errcode
    this.rid = details.rid
    this.wechatMessage = details.wechatMessage
    this.meaning = meaning
    this.hint = hint
    this.sentCodeKind = details.sentCodeKind
  }
}

/** Why no answer of WeChat's came. */
export type UnreachableReason = 'timeout' | 'network' | 'http-5xx' | 'circuit-open'

/**
 * No answer of WeChat's came. Waiting and trying again may help; whether the same one-time code may be
 * used for it, `sent` tells: only `false` means that WeChat cannot have seen it, because the connection, the
 * circuit or the access token was missing.
 */
export class WeChatUnreachableError extends Error {
  override readonly name = 'WeChatUnreachableError'
  readonly code = 'WECHAT_UNREACHABLE'
  readonly endpoint: Endpoint
  readonly reason: UnreachableReason
  readonly sent: boolean | 'unknown'

  constructor(
    details: { endpoint: Endpoint; reason: UnreachableReason; sent: boolean | 'unknown' },
    options?: { cause?: unknown },
  ) {
    super(`WeChat did not answer ${details.endpoint}: ${unreachable[details.reason]}`, options)
    this.endpoint = details.endpoint
    this.reason = details.reason
    this.sent = details.sent
  }
}

const unreachable: Record<UnreachableReason, string> = {
  timeout: 'the deadline passed. Check the way out to api.weixin.qq.com.',
  network: 'the connection failed. Check DNS, firewall and proxy towards api.weixin.qq.com.',
  'http-5xx': 'a gateway answered in its place. Try again in a moment.',
  'circuit-open': 'it failed several times in a row, so calls fail at once for some seconds.',
}

/** What makes an answer or a message unreadable. */
export type ResponseErrorReason =
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
export class WeChatResponseError extends Error {
  override readonly name = 'WeChatResponseError'
  readonly code = 'WECHAT_UNREADABLE'
  readonly endpoint: Endpoint | 'encryptedData' | 'push'
  readonly reason: ResponseErrorReason
  /** The HTTP status it came with, where it came over HTTP. */
  readonly status: number | undefined

  constructor(
    details: {
      endpoint: WeChatResponseError['endpoint']
      reason: ResponseErrorReason
      status?: number | undefined
    },
    options?: { cause?: unknown },
  ) {
    super(`Cannot read what came for ${details.endpoint}: ${unreadable[details.reason]}`, options)
    this.endpoint = details.endpoint
    this.reason = details.reason
    this.status = details.status
  }
}

const unreadable: Record<ResponseErrorReason, string> = {
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
