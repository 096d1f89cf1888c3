/**
 * Takes WeChat's errmsg apart: the rid (three blocks of eight hex digits, the first of them the unix time)
 * and the words before it. Hints and whatever is long enough to be a code, a token or a phone number are
 * left out, so that the words may stand in a log.
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
