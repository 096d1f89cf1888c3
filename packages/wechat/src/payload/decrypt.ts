import { createDecipheriv } from 'node:crypto'
import { WeChatResponseError } from '../errors/errors.ts'
import { PhonePayload, toVerifiedPhone, type VerifiedPhone } from './phone-payload.ts'
import { type Profile, ProfilePayload, toProfile } from './profile-payload.ts'
import type { WatermarkRule } from './watermark.ts'

/** What a mini-program gets from WeChat beside `encryptedData`, and what to expect in it. */
export interface Encrypted<K extends keyof Decrypted = keyof Decrypted> {
  readonly kind: K
  /** Of the user's last login. A key one login too old does not decrypt. */
  readonly sessionKey: string
  readonly iv: string
  readonly encryptedData: string
  /** Given, a profile of another user is refused. */
  readonly openId?: string | undefined
}

/** What the kinds of encrypted data become. */
export interface Decrypted {
  phone: VerifiedPhone
  profile: Profile
}

const source = 'encryptedData'

/**
 * Decrypts what the older flow of WeChat sends through the mini-program (AES-128-CBC), and believes none
 * of it before text, JSON, shape, watermark and age are right: of all wrong keys 1 in 300 unpads well.
 *
 * Whatever goes wrong before the shape is the one reason `decryption`, so that nobody learns which step
 * failed. Nothing here proves that the data is of the user who sent it: it is of whoever owns the session key.
 *
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function decrypt<K extends keyof Decrypted>(
  encrypted: Encrypted<K>,
  watermark: WatermarkRule,
): Decrypted[K] {
  return readers[encrypted.kind](decipher(encrypted), { source, watermark, openId: encrypted.openId })
}

interface Context {
  readonly source: typeof source
  readonly watermark: WatermarkRule
  readonly openId: string | undefined
}

const readers: { readonly [K in keyof Decrypted]: (payload: unknown, context: Context) => Decrypted[K] } = {
  phone: (payload, context) => toVerifiedPhone(inShape(PhonePayload.safeParse(payload)), context),
  profile: (payload, context) => toProfile(inShape(ProfilePayload.safeParse(payload)), context),
}

function inShape<T>(parsed: { success: true; data: T } | { success: false }): T {
  if (parsed.success) return parsed.data
  throw new WeChatResponseError({ endpoint: source, reason: 'shape' })
}

function decipher({ sessionKey, iv, encryptedData }: Encrypted): unknown {
  try {
    const decipher = createDecipheriv('aes-128-cbc', bytes(sessionKey), bytes(iv))
    const plain = Buffer.concat([decipher.update(bytes(encryptedData)), decipher.final()])
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  } catch {
    // Without the cause: it would tell which step failed, and a JSON error quotes the text.
    throw new WeChatResponseError({ endpoint: source, reason: 'decryption' })
  }
}

/** Node's decoder skips what is not base64; WeChat sends nothing of the kind. */
function bytes(base64: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new TypeError('not base64')
  return Buffer.from(base64, 'base64')
}
