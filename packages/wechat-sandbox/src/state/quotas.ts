import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import type { WeChatAccount } from './people.ts'

/**
 * How often an app may call, per minute or per day of Beijing, from WeChat's documents. `login/minute` and
 * `reset-key-of-one/minute` count per person; the latter figure is ours, since WeChat only forbids doing it "often".
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

export interface Quotas {
  /** Counts one call; false when nothing is left in this minute or day. */
  take(name: QuotaName, app: WeChatApp, person?: WeChatAccount): boolean
  /** Leaves the app (and each person in it) `left` calls in this minute or day. */
  setLeft(name: QuotaName, app: WeChatApp, left: number): void
  /** What is left for the app where no person is counted. */
  left(name: QuotaName, app: WeChatApp): number
}

interface Window {
  readonly number: number
  used: number
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const BEIJING_OFFSET_MS = 8 * 60 * MINUTE_MS
// Windows that have passed are swept out when this many are kept.
const MANY = 20_000

export function createQuotas(clock: SandboxClock): Quotas {
  const windows = new Map<string, Window>()
  const limits = new Map<string, { readonly number: number; readonly limit: number }>()

  function windowNumber(name: QuotaName): number {
    const now = clock.now().getTime()
    return name.endsWith('/day')
      ? Math.floor((now + BEIJING_OFFSET_MS) / DAY_MS)
      : Math.floor(now / MINUTE_MS)
  }

  function limitOf(name: QuotaName, app: WeChatApp): number {
    const set = limits.get(`${name} ${app.appId}`)
    return set && set.number === windowNumber(name) ? set.limit : QUOTAS[name]
  }

  function open(name: QuotaName, subject: string): Window {
    const number = windowNumber(name)
    const key = `${name} ${subject}`
    const known = windows.get(key)
    if (known?.number === number) return known
    if (windows.size > MANY) sweep()
    const fresh = { number, used: 0 }
    windows.set(key, fresh)
    return fresh
  }

  function sweep(): void {
    const [minute, day] = [windowNumber('login/minute'), windowNumber('token/day')]
    for (const [key, { number }] of windows) if (number !== minute && number !== day) windows.delete(key)
  }

  const subjectOf = (app: WeChatApp, person?: WeChatAccount) =>
    person ? `${app.appId} ${person.name}` : app.appId

  return {
    take(name, app, person) {
      const window = open(name, subjectOf(app, person))
      if (window.used >= limitOf(name, app)) return false
      window.used += 1
      return true
    },
    setLeft(name, app, left) {
      for (const key of windows.keys()) if (key.startsWith(`${name} ${app.appId}`)) windows.delete(key)
      limits.set(`${name} ${app.appId}`, { number: windowNumber(name), limit: left })
    },
    left: (name, app) => limitOf(name, app) - open(name, app.appId).used,
  }
}
