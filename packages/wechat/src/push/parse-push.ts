import { WeChatResponseError } from '../errors/errors.ts'
import { timingSafeEqualText } from '../payload/is-same-text.ts'
import { decryptPushMessage } from './decrypt-push.ts'
import { pushSignature } from './push-signature.ts'
import { type PushFields, parseFields } from './read-fields.ts'
import { parseRevokeInfo, type RevokedPermission } from './revoke-info.ts'

/** What the console's page on message push is filled with. */
export interface PushKeys {
  readonly appId: string
  readonly token: string
  /** 43 characters. Given, messages that are not encrypted are refused. */
  readonly encodingAesKey?: string | undefined
}

/** A request that came to the address which the console names. */
export interface PushRequest {
  readonly query: Readonly<Record<string, string | undefined>>
  /** The body as it came; absent for the verification of the address. */
  readonly body?: string | undefined
}

/** What a push says. Answer a verification with `echo`, and a message with the text `success`. */
export type ParsedPush =
  | { readonly kind: 'verification'; readonly echo: string }
  | { readonly kind: 'message'; readonly message: PushMessage }

export interface PushMessage {
  /** In lower case: `event`. */
  readonly type: string
  /** `user_authorization_revoke`, `user_authorization_cancellation`, `user_info_modified`, … */
  readonly event: string | undefined
  /** Absent at times: a `user_info_modified` without one has been seen. */
  readonly openId: string | undefined
  readonly unionId: string | undefined
  readonly createdAt: Date | undefined
  /** What the user took back; empty unless the event is `user_authorization_revoke`. */
  readonly revoked: readonly RevokedPermission[]
  /** Every text field, by WeChat's own name. */
  readonly fields: PushFields
}

/**
 * Reads a push of WeChat: checks its signature, decrypts it in the secure mode, and gives its fields,
 * whether they came as XML or as JSON.
 *
 * The signature of the plain mode does not cover the body, so a plain message proves little; use the secure
 * mode. WeChat may send a message more than once.
 *
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
 */
export function parsePush({ query, body }: PushRequest, keys: PushKeys): ParsedPush {
  if (body === undefined || body === '') return verification(query, keys)
  const fields = keys.encodingAesKey === undefined ? plain(query, body, keys) : secure(query, body, keys)
  const appId = fields.get('AppID')
  if (appId && appId !== keys.appId)
    throw new WeChatResponseError({ endpoint: 'push', reason: 'watermark-appid' })
  return { kind: 'message', message: toMessage(fields) }
}

function verification(query: PushRequest['query'], keys: PushKeys): ParsedPush {
  checkSignature(query, query.signature, [keys.token])
  return { kind: 'verification', echo: query.echostr ?? '' }
}

function plain(query: PushRequest['query'], body: string, keys: PushKeys): PushFields {
  checkSignature(query, query.signature, [keys.token])
  return parseFields(body)
}

function secure(query: PushRequest['query'], body: string, keys: PushKeys): PushFields {
  const encrypted = parseFields(body).get('Encrypt') ?? ''
  checkSignature(query, query.msg_signature, [keys.token, encrypted])
  return parseFields(
    decryptPushMessage(encrypted, { appId: keys.appId, encodingAesKey: keys.encodingAesKey ?? '' }),
  )
}

function checkSignature(
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
