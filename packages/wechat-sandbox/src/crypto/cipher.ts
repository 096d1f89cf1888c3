import { createCipheriv, createHash } from 'node:crypto'

/** `encryptedData` of the mini-program: AES-128-CBC with the session key, in base64. */
export function encryptForApp(plain: string, sessionKey: string, iv: Buffer): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv)
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64')
}

/** The signature of `rawData`: SHA-1 over the data followed by the base64 text of the session key. */
export function signRawData(rawData: string, sessionKey: string): string {
  return sha1(rawData + sessionKey)
}

/** The signature of a push: SHA-1 over the sorted and concatenated values. */
export function signPush(...values: string[]): string {
  return sha1(values.toSorted().join(''))
}

const PUSH_BLOCK_BYTES = 32

/**
 * The `Encrypt` field of a push, in base64. AES-256-CBC over 16 random bytes, the length, the message and the appid,
 * with PKCS#7 padding to 32 bytes. The key is the decoded EncodingAESKey, the IV its first 16 bytes.
 */
export function encryptPush(
  message: string,
  { appId, encodingAesKey, random }: { appId: string; encodingAesKey: string; random: Buffer },
): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const text = Buffer.from(message, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const body = Buffer.concat([random, length, text, Buffer.from(appId, 'utf8')])
  const padding = PUSH_BLOCK_BYTES - (body.length % PUSH_BLOCK_BYTES)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([body, Buffer.alloc(padding, padding)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

const sha1 = (text: string) => createHash('sha1').update(text, 'utf8').digest('hex')
