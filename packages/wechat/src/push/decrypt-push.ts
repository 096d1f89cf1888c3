import { createDecipheriv } from 'node:crypto'
import { WeChatResponseError } from '../errors/errors.ts'
import { timingSafeEqualText } from '../protocol/timing-safe-equal-text.ts'

const RANDOM_BYTES = 16
const LENGTH_BYTES = 4
const PADDING_BLOCK_BYTES = 32

/**
 * Decrypts the message of a push in secure mode and verifies its appid.
 *
 * AES-256-CBC; the IV is the first 16 bytes of the key. The plaintext is 16 random bytes, the message length as
 * UInt32BE, the message and the appid, with PKCS#7 padding to blocks of 32 bytes.
 */
export function decryptPushMessage(
  encrypted: string,
  keys: { encodingAesKey: string; appId: string },
): string {
  const { message, appId } = open(encrypted, keys.encodingAesKey)
  if (!timingSafeEqualText(appId, keys.appId))
    throw new WeChatResponseError({ endpoint: 'push', reason: 'watermark-appid' })
  return message
}

function open(encrypted: string, encodingAesKey: string): { message: string; appId: string } {
  try {
    const key = Buffer.from(`${encodingAesKey}=`, 'base64')
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
    const plain = padded.subarray(0, padded.length - paddingLength(padded))
    const start = RANDOM_BYTES + LENGTH_BYTES
    const end = start + plain.readUInt32BE(RANDOM_BYTES)
    if (end > plain.length) throw new RangeError('the length field exceeds the message')
    const text = new TextDecoder('utf-8', { fatal: true })
    return { message: text.decode(plain.subarray(start, end)), appId: text.decode(plain.subarray(end)) }
  } catch {
    // No cause: it would reveal which step failed (padding oracle).
    throw new WeChatResponseError({ endpoint: 'push', reason: 'decryption' })
  }
}

function paddingLength(padded: Buffer): number {
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > PADDING_BLOCK_BYTES) throw new RangeError('invalid padding')
  return padding
}
