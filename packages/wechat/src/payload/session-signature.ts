import { createHmac } from 'node:crypto'

/**
 * Returns the HMAC-SHA256 of `text` under a session key, in hex.
 *
 * The HMAC key is the base64 text itself, not the bytes it encodes. checksession and resetusersessionkey sign the
 * empty text.
 */
export function sessionSignature(sessionKey: string, text = ''): string {
  return createHmac('sha256', sessionKey).update(text).digest('hex')
}
