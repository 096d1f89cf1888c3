import type { SandboxClock } from '../state/clock.ts'
import { HEX, type Mint } from '../state/id-generator.ts'

/** The number that WeChat's support asks for: three blocks of 8 hex digits, the first the unix time. */
export function createRid(clock: SandboxClock, mint: Mint): string {
  const seconds = Math.floor(clock.now().getTime() / 1000)
  const time = seconds.toString(16).padStart(8, '0').slice(-8)
  return `${time}-${mint.passing(HEX, 8, 'rid', 'second')}-${mint.passing(HEX, 8, 'rid', 'third')}`
}
