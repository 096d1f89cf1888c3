import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import type { IdGenerator } from './id-generator.ts'
import type { WeChatAccount } from './people.ts'

/** When `wx.login` replaces a session key. WeChat documents only that it may, "with a minimum period". */
export type SessionKeyRotation = 'always' | 'never' | { readonly afterMs: number }

interface SessionKey {
  /** base64 of 16 bytes. */
  readonly value: string
  readonly issuedAt: number
  readonly expiresAt: number
}

/** One session key per app and person. */
export interface SessionKeys {
  rotation: SessionKeyRotation
  /** Returns the valid key and restarts its lifetime; creates a key when there is none. */
  use(app: WeChatApp, person: WeChatAccount): SessionKey
  /** Returns the valid key, if any, without restarting its lifetime. */
  peek(app: WeChatApp, person: WeChatAccount): SessionKey | undefined
  /** Applies the rotation policy after `wx.login`. */
  onLogin(app: WeChatApp, person: WeChatAccount): void
  /** Replaces the key. The new one expires when the old one would have. */
  reset(app: WeChatApp, person: WeChatAccount): SessionKey
}

export interface SessionKeysDeps {
  readonly clock: SandboxClock
  readonly ids: IdGenerator
}

export interface SessionKeysOptions {
  readonly rotation: SessionKeyRotation
  readonly lifetimeMs: number
}

export function createSessionKeys(
  { clock, ids }: SessionKeysDeps,
  { rotation, lifetimeMs }: SessionKeysOptions,
): SessionKeys {
  const keys = new Map<string, SessionKey>()
  const mapKey = (app: WeChatApp, person: WeChatAccount) => `${app.appId} ${person.name}`

  function create(app: WeChatApp, person: WeChatAccount, expiresAt?: number): SessionKey {
    const issuedAt = clock.now().getTime()
    const value = ids.uniqueBytes(16, 'session-key', app.appId, person.name).toString('base64')
    const key = { value, issuedAt, expiresAt: expiresAt ?? issuedAt + lifetimeMs }
    keys.set(mapKey(app, person), key)
    return key
  }

  function peek(app: WeChatApp, person: WeChatAccount): SessionKey | undefined {
    const key = keys.get(mapKey(app, person))
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
      if (!key) return create(app, person)
      const renewed = { ...key, expiresAt: clock.now().getTime() + lifetimeMs }
      keys.set(mapKey(app, person), renewed)
      return renewed
    },
    onLogin(app, person) {
      const key = peek(app, person)
      if (!key || isDue(key)) create(app, person)
    },
    reset: (app, person) => create(app, person, peek(app, person)?.expiresAt),
  }
  return store
}
