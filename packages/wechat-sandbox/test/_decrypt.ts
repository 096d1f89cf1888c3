import { createDecipheriv } from 'node:crypto'

/** Decrypts `encryptedData` as an app's server does. */
export function decryptEncryptedData(encryptedData: string, sessionKey: string, iv: string): unknown {
  const decipher = createDecipheriv(
    'aes-128-cbc',
    Buffer.from(sessionKey, 'base64'),
    Buffer.from(iv, 'base64'),
  )
  const plain = Buffer.concat([decipher.update(Buffer.from(encryptedData, 'base64')), decipher.final()])
  return JSON.parse(plain.toString('utf8'))
}

/** Decrypts the `Encrypt` field of a push as an app's server does. */
export function openPush(encrypted: string, encodingAesKey: string): { message: string; appId: string } {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padded.length % 32 !== 0 || padding < 1 || padding > 32)
    throw new Error('the padding is not PKCS#7 for blocks of 32 bytes')
  const plain = padded.subarray(0, padded.length - padding)
  const length = plain.readUInt32BE(16)
  return {
    message: plain.subarray(20, 20 + length).toString('utf8'),
    appId: plain.subarray(20 + length).toString('utf8'),
  }
}
