import type { CallRecord } from '../state/call-log.ts'
import type { SandboxClock } from '../state/clock.ts'
import type { Fault, FaultSeed } from '../state/faults.ts'
import type { Rules } from '../state/rules.ts'
import type { AppSeed, PersonSeed } from '../state/seeds.ts'
import type { AppConsole } from './app-console.ts'
import type { Person } from './person.ts'

export interface SandboxOptions {
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  /** Default false: no control plane. 0 takes any free port. */
  controlPort?: number | false
  /** Default: one app, bound to a platform account. */
  apps?: readonly AppSeed[]
  /** Default: alice with two numbers, bob, and carol with a number of Hong Kong. */
  people?: readonly PersonSeed[]
  /**
   * Decides every id and secret, and together with the clock every code, key, token and rid. Ids of people and apps
   * are the same in every sandbox of one seed; codes are not, unless the clocks agree to the millisecond.
   */
  seed?: string
  clock?: SandboxClock
  /** Turns the {@link Rules} that WeChat has not published to the side that refuses more. */
  strict?: boolean
  /** Single rules, laid over what `strict` chose. */
  rules?: Partial<Rules>
}

/** Faults for the next calls; see {@link FaultSeed} for what can go wrong. */
export interface FaultControls {
  readonly active: readonly Fault[]
  /** Throws SandboxMisused for a fault that does not exist. */
  add(seed: FaultSeed): Fault
  remove(id: string): boolean
  clear(): void
}

/** A running WeChat. Dispose of it to close its ports. */
export interface Sandbox extends AsyncDisposable {
  /** Stands for https://api.weixin.qq.com. */
  readonly url: string
  /** Where the control plane listens; undefined when it is off. */
  readonly controlUrl: string | undefined
  /** The first app. */
  readonly app: { readonly appId: string; readonly secret: string }
  readonly clock: SandboxClock
  /** Throws SandboxMisused for a name nobody has. */
  person(name: string): Person
  readonly people: readonly Person[]
  addPerson(seed: PersonSeed): Person
  /** WeChat's console for an app, the first one when left out. Throws SandboxMisused for an app that is not there. */
  console(appId?: string): AppConsole
  readonly faults: FaultControls
  /** The newest calls, oldest first. They hold no secrets. */
  readonly calls: readonly CallRecord[]
  /** Forgets everything and starts over from the same seeds; the clock goes on. */
  reset(): void
}

/** The sandbox without its ports: what the control plane steers. */
export type SandboxControls = Omit<Sandbox, 'url' | 'controlUrl' | typeof Symbol.asyncDispose>
