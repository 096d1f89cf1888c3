import type { CallRecord } from '../state/call-log.ts'
import type { SandboxClock } from '../state/clock.ts'
import type { Fault, FaultSeed } from '../state/faults.ts'
import type { Rules } from '../state/rules.ts'
import type { AppSeed, PersonSeed } from '../state/seeds.ts'
import type { AppConsole } from './app-console.ts'
import type { Person } from './person.ts'

export interface SandboxOptions {
  /** Default: 127.0.0.1. */
  host?: string
  /** Default: 0, any free port. */
  port?: number
  /** Default: false, no control plane. 0 is any free port. */
  controlPort?: number | false
  /** Default: one app, bound to an Open Platform account. */
  apps?: readonly AppSeed[]
  /** Default: alice with two numbers, bob, and carol with a Hong Kong number. */
  people?: readonly PersonSeed[]
  /**
   * Determines every id and secret; together with the clock also every code, key, token and rid. Two sandboxes with
   * one seed have the same ids. They have the same codes only if their clocks agree to the millisecond.
   */
  seed?: string
  /** Default: the machine's time. */
  clock?: SandboxClock
  /** Selects the stricter variant of each of the {@link Rules}, which WeChat has not published. */
  strict?: boolean
  /** Single rules that override the ones selected by `strict`. */
  rules?: Partial<Rules>
}

/** Fault injection for the next calls; {@link FaultSeed} lists the faults. */
export interface FaultControls {
  readonly active: readonly Fault[]
  /** Throws SandboxUsageError for an invalid fault. */
  add(seed: FaultSeed): Fault
  /** False for an unknown id. */
  remove(id: string): boolean
  clear(): void
}

/** A running sandbox. Dispose of it to close its ports. */
export interface Sandbox extends AsyncDisposable {
  /** Replaces https://api.weixin.qq.com. */
  readonly url: string
  /** The control plane's address; undefined when it is off. */
  readonly controlUrl: string | undefined
  /** The first app. */
  readonly app: { readonly appId: string; readonly secret: string }
  readonly clock: SandboxClock
  /** Throws SandboxUsageError for an unknown name. */
  person(name: string): Person
  readonly people: readonly Person[]
  addPerson(seed: PersonSeed): Person
  /** WeChat's console for an app, the first when left out. Throws SandboxUsageError for an unknown appId. */
  console(appId?: string): AppConsole
  readonly faults: FaultControls
  /** The newest calls, oldest first. They contain no secrets. */
  readonly calls: readonly CallRecord[]
  /** Replaces all state with a new one from the same seeds; the clock keeps its time. */
  reset(): void
}

/** The sandbox without its ports. */
export type SandboxControls = Omit<Sandbox, 'url' | 'controlUrl' | typeof Symbol.asyncDispose>
