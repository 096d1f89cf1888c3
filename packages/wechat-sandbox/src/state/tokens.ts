import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import { type IdGenerator, URL_SAFE } from './id-generator.ts'

/** `plain` comes from /cgi-bin/token, `stable` from /cgi-bin/stable_token: neither touches the other. */
export type TokenKind = 'plain' | 'stable'

export interface Token {
  readonly value: string
  readonly kind: TokenKind
  readonly app: WeChatApp
  readonly issuedAt: number
  readonly expiresAt: number
  /** Made by a forced refresh. */
  readonly isForced: boolean
  /** Set when a later token took its place: until then it still works. */
  graceUntil: number | undefined
}

const TOKEN_LIFETIME_MS = 7_200_000
/** How long the last and the next token work side by side. */
export const TOKEN_OVERLAP_MS = 300_000

export interface TokenState {
  current(app: WeChatApp, kind: TokenKind): Token | undefined
  /** Issues the next token. The last one keeps working for `overlapMs`; the one before it ends at once. */
  renew(app: WeChatApp, kind: TokenKind, overlapMs: number, options?: { isForced: boolean }): Token
  find(value: string): Token | undefined
  status(token: Token): 'valid' | 'superseded' | 'expired'
  /** Every token that works at this moment. */
  valid(): readonly Token[]
}

const REMEMBERED = 10_000

export function createTokenState(clock: SandboxClock, ids: IdGenerator): TokenState {
  const byValue = new Map<string, Token>()
  const latest = new Map<string, Token>()
  const lastButOne = new Map<string, Token>()
  const place = (app: WeChatApp, kind: TokenKind) => `${kind} ${app.appId}`

  function status(token: Token) {
    const now = clock.now().getTime()
    if (now >= token.expiresAt) return 'expired'
    return token.graceUntil !== undefined && now >= token.graceUntil ? 'superseded' : 'valid'
  }

  return {
    current: (app, kind) => latest.get(place(app, kind)),
    renew(app, kind, overlapMs, { isForced } = { isForced: false }) {
      const now = clock.now().getTime()
      const last = latest.get(place(app, kind))
      const older = lastButOne.get(place(app, kind))
      if (older) older.graceUntil = Math.min(older.graceUntil ?? now, now)
      if (last) {
        last.graceUntil = now + overlapMs
        lastButOne.set(place(app, kind), last)
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
      latest.set(place(app, kind), token)
      byValue.set(value, token)
      if (byValue.size > REMEMBERED) {
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
