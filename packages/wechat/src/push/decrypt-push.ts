import { createDecipheriv } from 'node:crypto'
import { WeChatResponseError } from '../errors/errors.ts'
import { timingSafeEqualText } from '../payload/is-same-text.ts'

const RANDOM_BYTES = 16
const LENGTH_BYTES = 4
const PADDING_BLOCK = 32

/**
 * Decrypts a push of the secure mode: AES-256-CBC whose IV is the head of the key; 16 random bytes, the
 * message's length, the message, the appid; PKCS#7 to blocks of 32.
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
    const plain = padded.subarray(0, padded.length - paddingOf(padded))
    const start = RANDOM_BYTES + LENGTH_BYTES
    const end = start + plain.readUInt32BE(RANDOM_BYTES)
    if (end > plain.length) throw new RangeError('the message is shorter than it says')
    const text = new TextDecoder('utf-8', { fatal: true })
    return { message: text.decode(plain.subarray(start, end)), appId: text.decode(plain.subarray(end)) }
  } catch {
    // Without the cause, which would tell which step failed.
    throw new WeChatResponseError({ endpoint: 'push', reason: 'decryption' })
  }
}

function paddingOf(padded: Buffer): number {
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > PADDING_BLOCK) throw new RangeError('the padding is wrong')
  return padding
}
