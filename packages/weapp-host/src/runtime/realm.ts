import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import type { WxApiKind } from './wx-names.ts'

/** Host functions that realm/bridge.js calls. Values of the mini-program pass unchanged, so they are `unknown`. */
export interface RealmHost {
  readonly callSync: (name: string, args: readonly unknown[]) => unknown
  /** Starts an asynchronous call. `settle` must not be called before this function has returned. */
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
  /** Receives an error that the mini-program did not catch. */
  readonly report: (error: unknown) => void
}

/** Functions of the mini-program's realm that the host calls. See realm/bridge.js. */
export interface RealmBridge {
  readonly toRealm: (value: unknown) => unknown
  wrap<F extends (...args: never[]) => unknown>(fn: F): F
  readonly run: (callback: unknown, ...args: readonly unknown[]) => unknown
  readonly createWx: (api: Readonly<Record<string, WxApiKind>>) => object
  readonly cloneAsJson: <T>(value: T) => T
  readonly createArray: <T>(values: readonly T[]) => T[]
  readonly isEnginePromise: (value: unknown) => boolean
}

/** A JavaScript context of its own: ECMAScript, timers, a console, and the properties of `globals`. */
export interface Realm {
  readonly bridge: RealmBridge
  readonly globals: Record<string, unknown>
  /** Evaluates a script; `filename` appears in stack traces. */
  readonly evaluate: (source: string, filename: string) => unknown
}

export interface RealmOptions {
  readonly promises: 'microtask' | 'macrotask'
  /** Further globals to remove. */
  readonly without: readonly string[]
}

/** Globals of V8 that a mini-program does not have. */
const ABSENT_GLOBALS = ['WebAssembly', 'SharedArrayBuffer', 'Atomics']

/** Creates a context without any global of Node. */
export function createRealm(host: RealmHost, { promises, without }: RealmOptions): Realm {
  const globals: Record<string, unknown> = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  })
  const evaluate = (source: string, filename: string): unknown =>
    new vm.Script(source, { filename }).runInContext(globals)

  for (const name of [...ABSENT_GLOBALS, ...without]) evaluate(`delete globalThis.${name}`, 'realm.ts')
  // Each file in realm/ is one expression that evaluates to a function of this type.
  const createBridge = evaluate(readRealmScript('bridge.js'), 'bridge.js') as (host: RealmHost) => RealmBridge
  const bridge = createBridge(host)
  if (promises === 'macrotask') {
    const replacePromise = evaluate(readRealmScript('macrotask-promise.js'), 'macrotask-promise.js') as (
      setTimeout: unknown,
    ) => void
    replacePromise(globals.setTimeout)
  }
  return { bridge, globals, evaluate }
}

function readRealmScript(file: string): string {
  return readFileSync(new URL(`../../realm/${file}`, import.meta.url), 'utf8')
}
