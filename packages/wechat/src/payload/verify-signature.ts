import { createHash } from 'node:crypto'
import { timingSafeEqualText } from '../protocol/timing-safe-equal-text.ts'

export interface SignedData {
  /** The unchanged text from the mini-program. */
  readonly rawData: string
  /** Hex. */
  readonly signature: string
  readonly sessionKey: string
}

/**
 * Returns whether WeChat signed `rawData` for the user of this session key.
 *
 * The signature is the SHA-1 of `rawData` and session key concatenated. It does not prove when the data was signed.
 *
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function verifySignature({ rawData, signature, sessionKey }: SignedData): boolean {
  const expected = createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex')
  return timingSafeEqualText(signature, expected)
}
