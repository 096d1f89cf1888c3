import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import type { WeChatAccount } from './people.ts'

/**
 * Calls per app and minute or Beijing day, from WeChat's documents. `login/minute` and `reset-key-of-one/minute` are
 * counted per person. The limit of the latter is our guess: WeChat only forbids frequent resets.
 */
export const QUOTAS = {
  'login/minute': 100,
  'token/day': 2_000,
  'stable-token/minute': 10_000,
  'stable-token/day': 500_000,
  'force-refresh/day': 20,
  'phone-number/minute': Number.POSITIVE_INFINITY,
  'reset-key/minute': 60_000,
  'reset-key-of-one/minute': 10,
  'check-text/minute': 4_000,
  'check-text/day': 2_000_000,
} as const

export type QuotaName = keyof typeof QUOTAS

/** Fixed-window rate limits. */
export interface Quotas {
  /** Counts one call. False when the window's quota is used up. */
  take(name: QuotaName, app: WeChatApp, person?: WeChatAccount): boolean
  /** Sets the remaining calls of the app, and of each person in it, for the current window. */
  setLeft(name: QuotaName, app: WeChatApp, left: number): void
  /** The remaining calls of the app. Calls counted per person are not subtracted. */
  left(name: QuotaName, app: WeChatApp): number
}

interface QuotaWindow {
  /** Minutes or Beijing days since the epoch. */
  readonly index: number
  used: number
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const BEIJING_OFFSET_MS = 8 * 60 * MINUTE_MS
/** Above this number of windows, the expired ones are deleted. */
const MAX_WINDOWS = 20_000

export function createQuotas(clock: SandboxClock): Quotas {
  const windows = new Map<string, QuotaWindow>()
  const overrides = new Map<string, { readonly index: number; readonly limit: number }>()

  function currentIndex(name: QuotaName): number {
    const now = clock.now().getTime()
    return name.endsWith('/day')
      ? Math.floor((now + BEIJING_OFFSET_MS) / DAY_MS)
      : Math.floor(now / MINUTE_MS)
  }

  function limitOf(name: QuotaName, app: WeChatApp): number {
    const override = overrides.get(`${name} ${app.appId}`)
    return override && override.index === currentIndex(name) ? override.limit : QUOTAS[name]
  }

  function currentWindow(name: QuotaName, subject: string): QuotaWindow {
    const index = currentIndex(name)
    const key = `${name} ${subject}`
    const known = windows.get(key)
    if (known?.index === index) return known
    if (windows.size > MAX_WINDOWS) deleteExpired()
    const created = { index, used: 0 }
    windows.set(key, created)
    return created
  }

  function deleteExpired(): void {
    const [minute, day] = [currentIndex('login/minute'), currentIndex('token/day')]
    for (const [key, { index }] of windows) if (index !== minute && index !== day) windows.delete(key)
  }

  const subjectOf = (app: WeChatApp, person?: WeChatAccount) =>
    person ? `${app.appId} ${person.name}` : app.appId

  return {
    take(name, app, person) {
      const window = currentWindow(name, subjectOf(app, person))
      if (window.used >= limitOf(name, app)) return false
      window.used += 1
      return true
    },
    setLeft(name, app, left) {
      for (const key of windows.keys()) if (key.startsWith(`${name} ${app.appId}`)) windows.delete(key)
      overrides.set(`${name} ${app.appId}`, { index: currentIndex(name), limit: left })
    },
    left: (name, app) => limitOf(name, app) - currentWindow(name, app.appId).used,
  }
}
