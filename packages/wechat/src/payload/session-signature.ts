import { createHmac } from 'node:crypto'

/**
 * Signs with a user's session key: HMAC-SHA256 in hex.
 *
 * The key is the base64 text itself, not the bytes it stands for. checksession and resetusersessionkey
 * sign the empty text.
 */
export function sessionSignature(sessionKey: string, text = ''): string {
  return createHmac('sha256', sessionKey).update(text).digest('hex')
}
