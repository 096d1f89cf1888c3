const longest = 100

/** Control characters, halves of characters, and marks that turn the direction of the text around them. */
const invisible = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** What a person or a device is called, as it may be kept and shown: one line of at most 100 characters; null for nothing. */
export function readOneLine(told: string | undefined): string | null {
  const characters = Array.from((told ?? '').replace(invisible, '').trim())
  return characters.slice(0, longest).join('').trim() || null
}
