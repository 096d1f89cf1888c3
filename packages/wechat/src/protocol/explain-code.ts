/** The kind of a one-time code, judged by its shape. */
export type CodeKind = 'login' | 'phone' | 'mock' | 'unknown'

/** WeChat DevTools return this text from `wx.login` for a tourist appid or an appid of another developer. */
const MOCK_CODE = 'the code is a mock one'

/**
 * Classifies a one-time code by its shape.
 *
 * `login` is 32 letters and digits (`wx.login`), `phone` is 64 hex digits (the phone button), `mock` is the
 * placeholder of WeChat DevTools. WeChat documents neither shape. `phone` and `mock` are reliable enough to
 * reject a login; `login` and `unknown` can only explain an error, because login codes of another shape may exist.
 */
export function explainCode(code: string): CodeKind {
  const trimmed = code.trim()
  if (trimmed === MOCK_CODE) return 'mock'
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return 'phone'
  if (/^[0-9A-Za-z]{32}$/.test(trimmed)) return 'login'
  return 'unknown'
}
