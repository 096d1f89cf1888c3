import { encryptPush, signPush } from '../crypto/cipher.ts'
import { DIGITS, type IdGenerator } from '../state/id-generator.ts'
import type { PushSetup } from '../state/seeds.ts'
import type { PushEvent } from './event.ts'
import { toJson, toSloppyJson, toXml } from './write-event.ts'

/** A push as it goes over the wire. */
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

/** The query that proves a call to be WeChat's. */
export function signQuery({ setup, appId, ids, now }: PushContext) {
  const timestamp = String(now)
  const nonce = ids.unique(DIGITS, 10, 'nonce', appId)
  return { signature: signPush(setup.token, timestamp, nonce), timestamp, nonce }
}

/** Writes and, in the modes that ask for it, encrypts an event. */
export function sealEvent(event: PushEvent, openId: string | undefined, sealing: PushContext): SealedPush {
  const { setup, appId, ids } = sealing
  const proof = signQuery(sealing)
  const query = { ...proof, ...(openId === undefined ? {} : { openid: openId }) }
  const isXml = setup.format === 'xml'
  const contentType = isXml ? 'text/xml' : 'application/json'
  const writeWhole = isXml ? toXml : setup.sloppyJson ? toSloppyJson : toJson
  if ((setup.mode ?? 'plain') === 'plain' || setup.encodingAesKey === undefined) {
    return { query, contentType, body: writeWhole(event) }
  }
  const random = ids.uniqueBytes(16, 'push-random', appId)
  const encrypted = encryptPush(writeWhole(event), appId, setup.encodingAesKey, random)
  const signature = signPush(setup.token, proof.timestamp, proof.nonce, encrypted)
  const visible = setup.mode === 'compatible' ? event : { ToUserName: event.ToUserName ?? '' }
  const write = isXml ? toXml : toJson
  return {
    query: { ...query, encrypt_type: 'aes', msg_signature: signature },
    contentType,
    body: write({ ...visible, Encrypt: encrypted }),
  }
}
