const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Replaces one letter of a base64url text so that the decoded bytes certainly differ.
 *
 * Flips the highest of the letter's six bits: the lowest bits of a last letter encode nothing. `at` counts from the end
 * when negative.
 */
export function changeLetter(text: string, at: number): string {
  const index = at < 0 ? text.length + at : at
  const value = BASE64URL.indexOf(text[index] ?? '')
  if (value < 0) throw new Error(`there is no base64url letter at ${at}: choose another position`)
  return text.slice(0, index) + BASE64URL[value ^ 0b100000] + text.slice(index + 1)
}
