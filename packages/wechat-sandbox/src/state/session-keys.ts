import type { SandboxClock } from '../clock.ts'
import type { Mint } from '../mint.ts'
import type { App } from './apps.ts'
import type { Account } from './people.ts'

/** When `wx.login` replaces a person's session key. WeChat says only that it may, "with a minimum period". */
export type SessionKeyRotation = 'always' | 'never' | { readonly afterMs: number }

export interface SessionKey {
  /** base64 of 16 bytes. */
  readonly value: string
  readonly issuedAt: number
  readonly expiresAt: number
}

export interface SessionKeys {
  rotation: SessionKeyRotation
  /** The one key that is valid for this person in this app, made when there is none. */
  current(app: App, person: Account): SessionKey
  /** The valid key, if there is one. */
  peek(app: App, person: Account): SessionKey | undefined
  /** What `wx.login` does to the key, by the rotation policy. */
  onLogin(app: App, person: Account): void
  /** Replaces the key; its end is inherited, not extended. */
  reset(app: App, person: Account): SessionKey
}

// Not published by WeChat; threads speak of about three days.
const LIFETIME_MS = 3 * 24 * 3_600_000

export function createSessionKeys(
  clock: SandboxClock,
  mint: Mint,
  rotation: SessionKeyRotation,
): SessionKeys {
  const keys = new Map<string, SessionKey>()
  const place = (app: App, person: Account) => `${app.appId} ${person.name}`

  function make(app: App, person: Account, expiresAt?: number): SessionKey {
    const issuedAt = clock.now().getTime()
    const value = mint.passingBytes(16, 'session-key', app.appId, person.name).toString('base64')
    const key = { value, issuedAt, expiresAt: expiresAt ?? issuedAt + LIFETIME_MS }
    keys.set(place(app, person), key)
    return key
  }

  function peek(app: App, person: Account): SessionKey | undefined {
    const key = keys.get(place(app, person))
    return key && clock.now().getTime() < key.expiresAt ? key : undefined
  }

  function isDue(key: SessionKey): boolean {
    if (typeof store.rotation === 'string') return store.rotation === 'always'
    return clock.now().getTime() - key.issuedAt >= store.rotation.afterMs
  }

  const store: SessionKeys = {
    rotation,
    peek,
    current: (app, person) => peek(app, person) ?? make(app, person),
    onLogin(app, person) {
      const key = peek(app, person)
      if (!key || isDue(key)) make(app, person)
    },
    reset: (app, person) => make(app, person, peek(app, person)?.expiresAt),
  }
  return store
}
