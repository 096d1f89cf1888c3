import { createHash } from 'node:crypto'
import { timingSafeEqualText } from './is-same-text.ts'

export interface SignedData {
  /** The very text that the mini-program got, byte by byte. */
  readonly rawData: string
  /** Hex. */
  readonly signature: string
  readonly sessionKey: string
}

/**
 * Tells whether WeChat signed this `rawData` for the user of this session key: sha1 of both texts joined.
 * Says nothing about when.
 *
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function verifySignature({ rawData, signature, sessionKey }: SignedData): boolean {
  const expected = createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex')
  return timingSafeEqualText(signature, expected)
}
