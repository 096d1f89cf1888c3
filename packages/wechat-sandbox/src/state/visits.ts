import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import type { WeChatAccount } from './people.ts'

/** The last visit of each person to each app: msg_sec_check requires one within two hours. */
export interface Visits {
  record(app: WeChatApp, person: WeChatAccount): void
  isRecent(app: WeChatApp, person: WeChatAccount): boolean
}

const RECENT_MS = 2 * 3_600_000

export function createVisits(clock: SandboxClock): Visits {
  const lastVisits = new Map<string, number>()
  const mapKey = (app: WeChatApp, person: WeChatAccount) => `${app.appId} ${person.name}`
  return {
    record(app, person) {
      lastVisits.set(mapKey(app, person), clock.now().getTime())
    },
    isRecent(app, person) {
      const visitedAt = lastVisits.get(mapKey(app, person))
      return visitedAt !== undefined && clock.now().getTime() - visitedAt <= RECENT_MS
    },
  }
}
