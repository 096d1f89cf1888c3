import type { CodeKind } from '../protocol/explain-code.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import { explainErrcode } from './errcodes.ts'

/**
 * WeChat responded with an errcode.
 *
 * The fix depends on `errcode`; `hint` describes it. The message contains no URL, secret, token, code or phone
 * number.
 */
export class WeChatApiError extends Error {
  override readonly name = 'WeChatApiError'
  readonly code = 'WECHAT_REFUSED'
  readonly endpoint: Endpoint
  readonly errcode: number
  /** WeChat's request id, required by its support and its diagnosis tool. */
  readonly rid: string | undefined
  /** WeChat's errmsg without rid, hints and anything that may be a secret: `invalid code`. */
  readonly wechatMessage: string
  readonly meaning: string
  readonly hint: string
  /** The kind of the one-time code in the request, judged by its shape; undefined for a request without one. */
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

/** Why there is no response from WeChat. */
export type UnreachableReason = 'timeout' | 'network' | 'http-5xx' | 'circuit-open'

/**
 * There is no response from WeChat; a later attempt may succeed.
 *
 * `sent` decides whether a one-time code may be sent again. Only `false` guarantees that WeChat has not received
 * the request, because no connection was made, the circuit was open or no access token was available.
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
    super(`No response from WeChat for ${details.endpoint}: ${unreachableMessages[details.reason]}`, options)
    this.endpoint = details.endpoint
    this.reason = details.reason
    this.sent = details.sent
  }
}

const unreachableMessages: Record<UnreachableReason, string> = {
  timeout: 'the deadline passed. Check the outbound connection to api.weixin.qq.com.',
  network: 'the connection failed. Check DNS, firewall and proxy towards api.weixin.qq.com.',
  'http-5xx': 'a gateway responded in its place. Try again in a moment.',
  'circuit-open': 'the circuit is open after several outages in a row. Try again in some seconds.',
}

/** Why a response, a push or encrypted data is rejected. */
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
 * A response, a push or encrypted data breaks WeChat's contract.
 *
 * Its shape, watermark or signature is wrong. A retry does not help; a one-time code in the request is used.
 */
export class WeChatResponseError extends Error {
  override readonly name = 'WeChatResponseError'
  readonly code = 'WECHAT_UNREADABLE'
  readonly endpoint: Endpoint | 'encryptedData' | 'push'
  readonly reason: ResponseErrorReason
  /** The HTTP status of the response; undefined for pushes and encrypted data. */
  readonly status: number | undefined

  constructor(
    details: {
      endpoint: WeChatResponseError['endpoint']
      reason: ResponseErrorReason
      status?: number | undefined
    },
    options?: { cause?: unknown },
  ) {
    super(`Cannot read the data of ${details.endpoint}: ${responseMessages[details.reason]}`, options)
    this.endpoint = details.endpoint
    this.reason = details.reason
    this.status = details.status
  }
}

const responseMessages: Record<ResponseErrorReason, string> = {
  'not-json': 'it is not a JSON object. Check for a proxy or a captive portal in between.',
  'too-large': 'it is larger than any message of WeChat. Check for a proxy in between.',
  shape: 'fields are missing or of another type.',
  'phone-missing': 'WeChat reported success without a phone number.',
  'watermark-appid': 'it is for another mini-program. Compare the appids of server and mini-program.',
  'watermark-age': "its watermark is too old or in the future. Check this machine's clock.",
  decryption:
    'it does not decrypt. Use the session key of the latest login; for a push, compare the EncodingAESKey.',
  signature: 'its signature is wrong. Compare the token and the EncodingAESKey with the console.',
  openid: 'it belongs to another user.',
}
