const MAX_CHARACTERS = 100

/** Control characters, lone surrogates, line separators and bidirectional formatting characters. */
const UNSAFE_CHARACTERS = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** Returns a name as one safe line of at most 100 characters; null if nothing is left. */
export function sanitizeLine(text: string | undefined): string | null {
  const characters = Array.from((text ?? '').replace(UNSAFE_CHARACTERS, '').trim())
  return characters.slice(0, MAX_CHARACTERS).join('').trim() || null
}
