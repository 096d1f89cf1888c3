import { encryptPush, signPush } from '../crypto/cipher.ts'
import { DIGITS, type IdGenerator } from '../state/id-generator.ts'
import type { PushSetup } from '../state/seeds.ts'
import { type PushEvent, toJson, toSloppyJson, toXml } from './event.ts'

/** A signed and, if configured, encrypted push. */
export interface SealedPush {
  readonly query: Readonly<Record<string, string>>
  readonly contentType: string
  readonly body: string
}

export interface PushContext {
  readonly setup: PushSetup
  readonly appId: string
  readonly ids: IdGenerator
  /** Unix seconds. */
  readonly now: number
}

/** The query by which the receiver recognizes WeChat. */
export function signQuery({ setup, appId, ids, now }: PushContext) {
  const timestamp = String(now)
  const nonce = ids.unique(DIGITS, 10, 'nonce', appId)
  return { signature: signPush(setup.token, timestamp, nonce), timestamp, nonce }
}

/** Serializes and signs an event; encrypts it in the modes `secure` and `compatible`. */
export function sealEvent(event: PushEvent, openId: string | undefined, context: PushContext): SealedPush {
  const { setup, appId, ids } = context
  const signed = signQuery(context)
  const query = { ...signed, ...(openId === undefined ? {} : { openid: openId }) }
  const isXml = setup.format === 'xml'
  const contentType = isXml ? 'text/xml' : 'application/json'
  const serialize = isXml ? toXml : setup.sloppyJson ? toSloppyJson : toJson
  if ((setup.mode ?? 'plain') === 'plain' || setup.encodingAesKey === undefined) {
    return { query, contentType, body: serialize(event) }
  }
  const random = ids.uniqueBytes(16, 'push-random', appId)
  const { encodingAesKey } = setup
  const encrypted = encryptPush(serialize(event), { appId, encodingAesKey, random })
  const signature = signPush(setup.token, signed.timestamp, signed.nonce, encrypted)
  const visible = setup.mode === 'compatible' ? event : { ToUserName: event.ToUserName ?? '' }
  const serializeEnvelope = isXml ? toXml : toJson
  return {
    query: { ...query, encrypt_type: 'aes', msg_signature: signature },
    contentType,
    body: serializeEnvelope({ ...visible, Encrypt: encrypted }),
  }
}
