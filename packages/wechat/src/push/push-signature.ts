import { createHash } from 'node:crypto'

/** Returns the signature of a push: the SHA-1 of the sorted, concatenated values, in hex. */
export function pushSignature(...values: readonly string[]): string {
  return createHash('sha1')
    .update([...values].sort().join(''))
    .digest('hex')
}
