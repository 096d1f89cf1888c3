import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import { type IdGenerator, URL_SAFE } from './id-generator.ts'

/** `plain` is issued by /cgi-bin/token, `stable` by /cgi-bin/stable_token; they do not affect each other. */
export type TokenKind = 'plain' | 'stable'

export interface Token {
  readonly value: string
  readonly kind: TokenKind
  readonly app: WeChatApp
  readonly issuedAt: number
  readonly expiresAt: number
  /** Issued by a forced refresh. */
  readonly isForced: boolean
  /** The end of the overlap with its successor; undefined while it is the latest token. */
  graceUntil: number | undefined
}

const TOKEN_LIFETIME_MS = 7_200_000
/** How long a token and its successor are both valid. */
export const TOKEN_OVERLAP_MS = 300_000

/** The access tokens of every app. */
export interface TokenState {
  current(app: WeChatApp, kind: TokenKind): Token | undefined
  /** Issues the next token. The last one works for another `overlapMs`; the one before it ends at once. */
  renew(app: WeChatApp, kind: TokenKind, overlapMs: number, options?: { isForced: boolean }): Token
  find(value: string): Token | undefined
  status(token: Token): 'valid' | 'superseded' | 'expired'
  /** Every token that is valid at this moment, oldest first. */
  valid(): readonly Token[]
}

/** Bounds the memory of a long-running sandbox: the oldest tokens are dropped. */
const MAX_TOKENS = 10_000

export function createTokenState(clock: SandboxClock, ids: IdGenerator): TokenState {
  const byValue = new Map<string, Token>()
  const latest = new Map<string, Token>()
  const previous = new Map<string, Token>()
  const mapKey = (app: WeChatApp, kind: TokenKind) => `${kind} ${app.appId}`

  function status(token: Token) {
    const now = clock.now().getTime()
    if (now >= token.expiresAt) return 'expired'
    return token.graceUntil !== undefined && now >= token.graceUntil ? 'superseded' : 'valid'
  }

  return {
    current: (app, kind) => latest.get(mapKey(app, kind)),
    renew(app, kind, overlapMs, { isForced } = { isForced: false }) {
      const now = clock.now().getTime()
      const last = latest.get(mapKey(app, kind))
      const older = previous.get(mapKey(app, kind))
      if (older) older.graceUntil = Math.min(older.graceUntil ?? now, now)
      if (last) {
        last.graceUntil = now + overlapMs
        previous.set(mapKey(app, kind), last)
      }
      const value = `99_${ids.unique(URL_SAFE, 133, 'access-token', kind, app.appId)}`
      const token: Token = {
        value,
        kind,
        app,
        issuedAt: now,
        expiresAt: now + TOKEN_LIFETIME_MS,
        isForced,
        graceUntil: undefined,
      }
      latest.set(mapKey(app, kind), token)
      byValue.set(value, token)
      if (byValue.size > MAX_TOKENS) {
        const [oldest] = byValue.keys()
        if (oldest !== undefined) byValue.delete(oldest)
      }
      return token
    },
    find: (value) => byValue.get(value),
    status,
    valid: () => [...byValue.values()].filter((token) => status(token) === 'valid'),
  }
}
