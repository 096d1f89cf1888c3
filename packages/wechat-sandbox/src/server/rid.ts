import type { SandboxClock } from '../state/clock.ts'
import { HEX, type IdGenerator } from '../state/id-generator.ts'

/** The number that WeChat's support asks for: three blocks of 8 hex digits, the first the unix time. */
export function createRid(clock: SandboxClock, ids: IdGenerator): string {
  const seconds = Math.floor(clock.now().getTime() / 1000)
  const time = seconds.toString(16).padStart(8, '0').slice(-8)
  return `${time}-${ids.unique(HEX, 8, 'rid', 'second')}-${ids.unique(HEX, 8, 'rid', 'third')}`
}
