import { createDecipheriv } from 'node:crypto'
import { WeChatResponseError } from '../errors/errors.ts'
import { type PhoneInfo, PhonePayload, toPhoneInfo } from './phone-payload.ts'
import { type Profile, ProfilePayload, toProfile } from './profile-payload.ts'
import type { WatermarkRule } from './watermark.ts'

/** Encrypted data that a mini-program received from WeChat. */
export interface EncryptedData<K extends keyof DecryptedData = keyof DecryptedData> {
  readonly kind: K
  /** The key of the user's latest login. The key of an earlier login does not decrypt. */
  readonly sessionKey: string
  readonly iv: string
  readonly encryptedData: string
  /** If set, a profile of another user is rejected. */
  readonly openId?: string | undefined
}

/** The result type for each kind of encrypted data. */
export interface DecryptedData {
  phone: PhoneInfo
  profile: Profile
}

const source = 'encryptedData'

/**
 * Decrypts `encryptedData` (AES-128-CBC) and verifies its encoding, JSON, shape, watermark and age.
 *
 * All of these are checked because one wrong key in 300 yields valid padding. Every failure up to JSON parsing has
 * the reason `decryption`, so that the failed step is not revealed (padding oracle). The data belongs to the owner
 * of the session key; nothing proves that this is the user who sent it.
 *
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function decrypt<K extends keyof DecryptedData>(
  encrypted: EncryptedData<K>,
  watermarkRule: WatermarkRule,
): DecryptedData[K] {
  return parsers[encrypted.kind](decipher(encrypted), { source, watermarkRule, openId: encrypted.openId })
}

interface Context {
  readonly source: typeof source
  readonly watermarkRule: WatermarkRule
  readonly openId: string | undefined
}

const parsers: {
  readonly [K in keyof DecryptedData]: (payload: unknown, context: Context) => DecryptedData[K]
} = {
  phone: (payload, context) => toPhoneInfo(assertShape(PhonePayload.safeParse(payload)), context),
  profile: (payload, context) => toProfile(assertShape(ProfilePayload.safeParse(payload)), context),
}

function assertShape<T>(parsed: { success: true; data: T } | { success: false }): T {
  if (parsed.success) return parsed.data
  throw new WeChatResponseError({ endpoint: source, reason: 'shape' })
}

function decipher({ sessionKey, iv, encryptedData }: EncryptedData): unknown {
  try {
    const decipher = createDecipheriv('aes-128-cbc', decodeBase64(sessionKey), decodeBase64(iv))
    const plain = Buffer.concat([decipher.update(decodeBase64(encryptedData)), decipher.final()])
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  } catch {
    // No cause: it would reveal which step failed, and the message of a JSON error quotes the plaintext.
    throw new WeChatResponseError({ endpoint: source, reason: 'decryption' })
  }
}

/** Strict, because Node's decoder skips characters that are not base64. */
function decodeBase64(base64: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new TypeError('not base64')
  return Buffer.from(base64, 'base64')
}
