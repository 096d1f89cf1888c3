import { type Apps, createApps } from './apps.ts'
import { type CallLog, createCallLog } from './call-log.ts'
import { type ChargeMeter, createChargeMeter } from './charges.ts'
import type { SandboxClock } from './clock.ts'
import { type Codes, createCodes } from './codes.ts'
import { createFaults, type Faults } from './faults.ts'
import { createMint, type Mint } from './id-generator.ts'
import { createPeople, type People } from './people.ts'
import { createQuotas, type Quotas } from './quotas.ts'
import type { Rules } from './rules.ts'
import type { AppSeed, PersonSeed } from './seeds.ts'
import { createSessionKeys, type SessionKeys } from './session-keys.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { createVisits, type Visits } from './visits.ts'

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
