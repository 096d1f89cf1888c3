import { WeChatResponseError } from '../errors/errors.ts'
import { timingSafeEqualText } from '../protocol/timing-safe-equal-text.ts'
import { decryptPushMessage } from './decrypt-push.ts'
import { type PushFields, parseFields } from './parse-fields.ts'
import { pushSignature } from './push-signature.ts'
import { parseRevokeInfo, type RevokedPermission } from './revoke-info.ts'

/** The message-push settings of the console. */
export interface PushKeys {
  readonly appId: string
  readonly token: string
  /** 43 characters. If set, unencrypted messages are rejected. */
  readonly encodingAesKey?: string | undefined
}

/** A request from WeChat to the push URL. */
export interface PushRequest {
  readonly query: Readonly<Record<string, string | undefined>>
  /** The unparsed body; undefined or empty when WeChat verifies the URL. */
  readonly body?: string | undefined
}

/** Respond to a verification with `echo`, and to a message with the text `success`. */
export type ParsedPush =
  | { readonly type: 'verification'; readonly echo: string }
  | { readonly type: 'message'; readonly message: PushMessage }

export interface PushMessage {
  /** Lower case: `event`. */
  readonly type: string
  /** `user_authorization_revoke`, `user_authorization_cancellation`, `user_info_modified`, … */
  readonly event: string | undefined
  /** Sometimes absent, for example in `user_info_modified`. */
  readonly openId: string | undefined
  readonly unionId: string | undefined
  readonly createdAt: Date | undefined
  /** Empty unless the event is `user_authorization_revoke`. */
  readonly revoked: readonly RevokedPermission[]
  /** All text fields, by WeChat's names. */
  readonly fields: PushFields
}

/**
 * Verifies, decrypts (in secure mode) and parses a push, XML or JSON.
 *
 * Use secure mode: in plain mode the signature does not cover the body, so an attacker can replay it with another
 * body. WeChat may deliver a message more than once. Throws `WeChatResponseError`.
 *
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
 */
export function parsePush({ query, body }: PushRequest, keys: PushKeys): ParsedPush {
  if (body === undefined || body === '') return parseVerification(query, keys)
  const { encodingAesKey } = keys
  const fields =
    encodingAesKey === undefined
      ? parsePlain(query, body, keys)
      : parseSecure(query, body, { ...keys, encodingAesKey })
  const appId = fields.get('AppID')
  if (appId && appId !== keys.appId)
    throw new WeChatResponseError({ endpoint: 'push', reason: 'watermark-appid' })
  return { type: 'message', message: toMessage(fields) }
}

function parseVerification(query: PushRequest['query'], keys: PushKeys): ParsedPush {
  assertSignature(query, query.signature, [keys.token])
  return { type: 'verification', echo: query.echostr ?? '' }
}

function parsePlain(query: PushRequest['query'], body: string, keys: PushKeys): PushFields {
  assertSignature(query, query.signature, [keys.token])
  return parseFields(body)
}

function parseSecure(
  query: PushRequest['query'],
  body: string,
  keys: PushKeys & { encodingAesKey: string },
): PushFields {
  const encrypted = parseFields(body).get('Encrypt') ?? ''
  assertSignature(query, query.msg_signature, [keys.token, encrypted])
  return parseFields(decryptPushMessage(encrypted, keys))
}

function assertSignature(
  { timestamp = '', nonce = '' }: PushRequest['query'],
  signature: string | undefined,
  signed: readonly string[],
): void {
  if (signature !== undefined && timingSafeEqualText(signature, pushSignature(...signed, timestamp, nonce)))
    return
  throw new WeChatResponseError({ endpoint: 'push', reason: 'signature' })
}

function toMessage(fields: PushFields): PushMessage {
  const event = fields.get('Event') || undefined
  const createdSeconds = Number(fields.get('CreateTime') || Number.NaN)
  const createdAt = new Date(createdSeconds * 1_000)
  return {
    type: (fields.get('MsgType') ?? '').toLowerCase(),
    event,
    openId: fields.get('OpenID') || undefined,
    unionId: fields.get('UnionID') || undefined,
    createdAt: Number.isNaN(createdAt.getTime()) ? undefined : createdAt,
    revoked: event === 'user_authorization_revoke' ? parseRevokeInfo(fields.get('RevokeInfo') ?? '') : [],
    fields,
  }
}
