/**
 * Splits WeChat's errmsg into a loggable message and the rid.
 *
 * The rid is three blocks of eight hex digits; the first is a Unix time. The message omits hints, links and
 * every run long enough to be a code, a token or a phone number.
 */
export function parseErrmsg(errmsg: unknown): { wechatMessage: string; rid: string | undefined } {
  const text = typeof errmsg === 'string' ? errmsg.slice(0, 1_000) : ''
  const rid = /\brid: ?([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})\b/.exec(text)?.[1]
  const wechatMessage = text
    .replace(/,? *\brid: ?\S*/, '')
    .replace(/,? *\bhints?: ?\[[^\]]*\]?/, '')
    .replace(/,? *more details at \S+/, '')
    .replace(/[\w+/=-]{24,}|\d{7,}/g, '…')
    .trim()
    .slice(0, 200)
  return { wechatMessage, rid }
}
