import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares two texts without revealing, through timing, where they differ. */
export function timingSafeEqualText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}

/** `timingSafeEqual` requires inputs of equal length. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
