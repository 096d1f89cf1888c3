import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import type { WxApiKind } from './wx-names.ts'

/** What the inside asks of the host. Its values of the mini-program pass unchanged, hence `unknown`. */
export interface HostSide {
  readonly callSync: (name: string, args: readonly unknown[]) => unknown
  /** Starts an asynchronous call; `settle` must be called after this has returned. */
  readonly call: (
    name: string,
    options: Readonly<Record<string, unknown>>,
    settle: (isOk: boolean, result: object) => void,
  ) => unknown
  readonly listen: (name: string, listener: unknown) => void
  readonly unlisten: (name: string, listener: unknown) => void
  readonly startTimer: (callback: () => void, delayMs: number, repeats: boolean) => number
  readonly stopTimer: (id: unknown) => void
  readonly now: () => number
  readonly log: (level: string, args: readonly unknown[]) => void
  /** Takes an error that the mini-program did not catch. */
  readonly report: (error: unknown) => void
}

/** What the host may do inside: see inside/kernel.js. */
export interface Kernel {
  readonly adopt: (value: unknown) => unknown
  guard<F extends (...args: never[]) => unknown>(fn: F): F
  readonly run: (callback: unknown, ...args: readonly unknown[]) => unknown
  readonly createWx: (api: Readonly<Record<string, WxApiKind>>) => object
  readonly throughJson: <T>(value: T) => T
  readonly listOf: <T>(values: readonly T[]) => T[]
  readonly isPromise: (value: unknown) => boolean
}

/** A JavaScript world of its own: ECMAScript, timers, a console, and what is put into `globals`. */
export interface Realm {
  readonly kernel: Kernel
  readonly globals: Record<string, unknown>
  /** Evaluates a script; `filename` stands in stack traces. */
  readonly evaluate: (source: string, filename: string) => unknown
}

/** ECMAScript's, or Node's, that a mini-program does not have. */
const absent = ['WebAssembly', 'SharedArrayBuffer', 'Atomics']

/** Opens a context with nothing of Node in it. */
export function createRealm(host: HostSide, { promises, without }: RealmOptions): Realm {
  const globals: Record<string, unknown> = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  })
  const evaluate = (source: string, filename: string): unknown =>
    new vm.Script(source, { filename }).runInContext(globals)

  for (const name of [...absent, ...without]) evaluate(`delete globalThis.${name}`, 'realm.ts')
  // The files are expressions that evaluate to these functions.
  const createKernel = evaluate(inside('kernel.js'), 'kernel.js') as (host: HostSide) => Kernel
  const kernel = createKernel(host)
  if (promises === 'macrotask') {
    const replacePromise = evaluate(inside('macrotask-promise.js'), 'macrotask-promise.js') as (
      setTimeout: unknown,
    ) => void
    replacePromise(globals.setTimeout)
  }
  return { kernel, globals, evaluate }
}

export interface RealmOptions {
  readonly promises: 'microtask' | 'macrotask'
  /** Names of further globals to take away. */
  readonly without: readonly string[]
}

function inside(file: string): string {
  return readFileSync(new URL(`../inside/${file}`, import.meta.url), 'utf8')
}
