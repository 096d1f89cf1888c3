/** What the shape of a code tells about its kind. */
export type CodeKind = 'login' | 'phone' | 'mock' | 'unknown'

/** What WeChat's DevTools give for a login code when the project has a tourist's or a foreign appid. */
const MOCK_CODE = 'the code is a mock one'

/**
 * Tells from its shape which kind of code this is: a login code of `wx.login` (32 letters and digits),
 * a phone code of the phone button (64 hex digits), or the text that DevTools give instead of a code.
 *
 * WeChat documents neither shape. `phone` and `mock` are certain enough to refuse a login with; `login`
 * and `unknown` only explain a refusal, since login codes of another shape may exist.
 */
export function explainCode(code: string): CodeKind {
  const trimmed = code.trim()
  if (trimmed === MOCK_CODE) return 'mock'
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return 'phone'
  if (/^[0-9A-Za-z]{32}$/.test(trimmed)) return 'login'
  return 'unknown'
}
