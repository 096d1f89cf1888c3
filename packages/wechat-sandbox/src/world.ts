import type { SandboxClock } from './clock.ts'
import { createMint, type Mint } from './mint.ts'
import type { Rules } from './rules.ts'
import type { AppSeed, PersonSeed } from './seeds.ts'
import { type Apps, createApps } from './state/apps.ts'
import { type CallLog, createCallLog } from './state/call-log.ts'
import { type ChargeMeter, createChargeMeter } from './state/charges.ts'
import { type Codes, createCodes } from './state/codes.ts'
import { createFaults, type Faults } from './state/faults.ts'
import { createPeople, type People } from './state/people.ts'
import { createQuotas, type Quotas } from './state/quotas.ts'
import { createSessionKeys, type SessionKeys } from './state/session-keys.ts'
import { createTokens, type Tokens } from './state/tokens.ts'
import { createVisits, type Visits } from './state/visits.ts'

/** Everything the sandbox remembers. A reset throws it away and makes another from the same seeds. */
export interface World {
  readonly clock: SandboxClock
  readonly mint: Mint
  readonly rules: Rules
  readonly apps: Apps
  readonly people: People
  readonly codes: Codes
  readonly tokens: Tokens
  readonly sessionKeys: SessionKeys
  readonly visits: Visits
  readonly quotas: Quotas
  readonly charges: ChargeMeter
  readonly faults: Faults
  readonly calls: CallLog
}

export interface WorldSeed {
  readonly seed: string
  readonly clock: SandboxClock
  readonly rules: Rules
  readonly apps: readonly AppSeed[]
  readonly people: readonly PersonSeed[]
}

export function createWorld({ seed, clock, rules, apps, people }: WorldSeed): World {
  const mint = createMint(seed, clock)
  return {
    clock,
    mint,
    rules,
    apps: createApps(apps, mint),
    people: createPeople(people, mint),
    codes: createCodes(clock, mint),
    tokens: createTokens(clock, mint),
    sessionKeys: createSessionKeys({
      clock,
      mint,
      rotation: rules.sessionKeyRotation,
      lifetimeMs: rules.sessionKeyLifetimeMs,
    }),
    visits: createVisits(clock),
    quotas: createQuotas(clock),
    charges: createChargeMeter(),
    faults: createFaults(mint),
    calls: createCallLog(),
  }
}
