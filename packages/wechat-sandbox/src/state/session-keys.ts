import type { App } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import type { Mint } from './id-generator.ts'
import type { Account } from './people.ts'

/** When `wx.login` replaces a person's session key. WeChat says only that it may, "with a minimum period". */
export type SessionKeyRotation = 'always' | 'never' | { readonly afterMs: number }

interface SessionKey {
  /** base64 of 16 bytes. */
  readonly value: string
  readonly issuedAt: number
  readonly expiresAt: number
}

export interface SessionKeys {
  rotation: SessionKeyRotation
  /** The one key that is valid for this person in this app, made when there is none; its life starts anew. */
  use(app: App, person: Account): SessionKey
  /** The valid key, if there is one. */
  peek(app: App, person: Account): SessionKey | undefined
  /** What `wx.login` does to the key, by the rotation policy. */
  onLogin(app: App, person: Account): void
  /** Replaces the key; its end is inherited, not extended. */
  reset(app: App, person: Account): SessionKey
}

export interface SessionKeyOptions {
  readonly clock: SandboxClock
  readonly mint: Mint
  readonly rotation: SessionKeyRotation
  readonly lifetimeMs: number
}

export function createSessionKeys({ clock, mint, rotation, lifetimeMs }: SessionKeyOptions): SessionKeys {
  const keys = new Map<string, SessionKey>()
  const place = (app: App, person: Account) => `${app.appId} ${person.name}`

  function make(app: App, person: Account, expiresAt?: number): SessionKey {
    const issuedAt = clock.now().getTime()
    const value = mint.passingBytes(16, 'session-key', app.appId, person.name).toString('base64')
    const key = { value, issuedAt, expiresAt: expiresAt ?? issuedAt + lifetimeMs }
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
    use(app, person) {
      const key = peek(app, person)
      if (!key) return make(app, person)
      const used = { ...key, expiresAt: clock.now().getTime() + lifetimeMs }
      keys.set(place(app, person), used)
      return used
    },
    onLogin(app, person) {
      const key = peek(app, person)
      if (!key || isDue(key)) make(app, person)
    },
    reset: (app, person) => make(app, person, peek(app, person)?.expiresAt),
  }
  return store
}
