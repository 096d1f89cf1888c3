import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import type { WeChatAccount } from './people.ts'

/** Who has opened which mini-program when: msg_sec_check asks for a visit within two hours. */
export interface Visits {
  record(app: WeChatApp, person: WeChatAccount): void
  isRecent(app: WeChatApp, person: WeChatAccount): boolean
}

const RECENT_MS = 2 * 3_600_000

export function createVisits(clock: SandboxClock): Visits {
  const last = new Map<string, number>()
  const place = (app: WeChatApp, person: WeChatAccount) => `${app.appId} ${person.name}`
  return {
    record(app, person) {
      last.set(place(app, person), clock.now().getTime())
    },
    isRecent(app, person) {
      const at = last.get(place(app, person))
      return at !== undefined && clock.now().getTime() - at <= RECENT_MS
    },
  }
}
