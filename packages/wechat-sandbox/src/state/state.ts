import { type Apps, createApps } from './apps.ts'
import { type CallLog, createCallLog } from './call-log.ts'
import { type ChargeMeter, createChargeMeter } from './charges.ts'
import type { SandboxClock } from './clock.ts'
import { type Codes, createCodes } from './codes.ts'
import { createFaults, type Faults } from './faults.ts'
import { createIdGenerator, type IdGenerator } from './id-generator.ts'
import { createPeople, type People } from './people.ts'
import { createQuotas, type Quotas } from './quotas.ts'
import type { Rules } from './rules.ts'
import type { AppSeed, PersonSeed } from './seeds.ts'
import { createSessionKeys, type SessionKeys } from './session-keys.ts'
import { createTokenState, type TokenState } from './tokens.ts'
import { createVisits, type Visits } from './visits.ts'

/** All data of a sandbox. A reset replaces it with a new one from the same seeds. */
export interface SandboxState {
  readonly clock: SandboxClock
  readonly ids: IdGenerator
  readonly rules: Rules
  readonly apps: Apps
  readonly people: People
  readonly codes: Codes
  readonly tokens: TokenState
  readonly sessionKeys: SessionKeys
  readonly visits: Visits
  readonly quotas: Quotas
  readonly charges: ChargeMeter
  readonly faults: Faults
  readonly calls: CallLog
}

export interface SandboxStateOptions {
  readonly seed: string
  readonly clock: SandboxClock
  readonly rules: Rules
  readonly apps: readonly AppSeed[]
  readonly people: readonly PersonSeed[]
}

export function createSandboxState({ seed, clock, rules, apps, people }: SandboxStateOptions): SandboxState {
  const ids = createIdGenerator(seed, clock)
  return {
    clock,
    ids,
    rules,
    apps: createApps(apps, ids),
    people: createPeople(people, ids),
    codes: createCodes(clock, ids),
    tokens: createTokenState(clock, ids),
    sessionKeys: createSessionKeys(
      { clock, ids },
      { rotation: rules.sessionKeyRotation, lifetimeMs: rules.sessionKeyLifetimeMs },
    ),
    visits: createVisits(clock),
    quotas: createQuotas(clock),
    charges: createChargeMeter(),
    faults: createFaults(ids),
    calls: createCallLog(),
  }
}
