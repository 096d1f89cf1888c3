import { createHash } from 'node:crypto'

/** WeChat signs a push with the sha1 of its parts, sorted and joined. */
export function pushSignature(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}
