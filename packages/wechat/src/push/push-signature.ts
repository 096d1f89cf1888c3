import { createHash } from 'node:crypto'

/** Returns the signature of a push: the SHA-1 of its sorted, concatenated parts, in hex. */
export function pushSignature(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}
