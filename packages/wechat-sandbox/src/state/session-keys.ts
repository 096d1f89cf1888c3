import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import type { IdGenerator } from './id-generator.ts'
import type { WeChatAccount } from './people.ts'

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
  use(app: WeChatApp, person: WeChatAccount): SessionKey
  /** The valid key, if there is one. */
  peek(app: WeChatApp, person: WeChatAccount): SessionKey | undefined
  /** What `wx.login` does to the key, by the rotation policy. */
  onLogin(app: WeChatApp, person: WeChatAccount): void
  /** Replaces the key; its end is inherited, not extended. */
  reset(app: WeChatApp, person: WeChatAccount): SessionKey
}

export interface SessionKeysDeps {
  readonly clock: SandboxClock
  readonly ids: IdGenerator
  readonly rotation: SessionKeyRotation
  readonly lifetimeMs: number
}

export function createSessionKeys({ clock, ids, rotation, lifetimeMs }: SessionKeysDeps): SessionKeys {
  const keys = new Map<string, SessionKey>()
  const place = (app: WeChatApp, person: WeChatAccount) => `${app.appId} ${person.name}`

  function make(app: WeChatApp, person: WeChatAccount, expiresAt?: number): SessionKey {
    const issuedAt = clock.now().getTime()
    const value = ids.uniqueBytes(16, 'session-key', app.appId, person.name).toString('base64')
    const key = { value, issuedAt, expiresAt: expiresAt ?? issuedAt + lifetimeMs }
    keys.set(place(app, person), key)
    return key
  }

  function peek(app: WeChatApp, person: WeChatAccount): SessionKey | undefined {
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
