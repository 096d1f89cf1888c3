import { wxApi } from './wx-api.ts'
import { UnstubbedCallError, WxError } from './wx-error.ts'
import type { WxName } from './wx-names.ts'

/** One call of `wx` by the mini-program. */
export interface WxCall {
  readonly name: WxName
  /** The options of an asynchronous call, without its callbacks. */
  readonly options: Readonly<Record<string, unknown>>
  /** The arguments of a synchronous call. */
  readonly args: readonly unknown[]
}

/** The second argument of a stub of an asynchronous call. */
export interface WxCallControl {
  /** Aborted when the mini-program aborts its task. */
  readonly signal: AbortSignal
  /** Calls the listeners that the mini-program set on its task: `onHeadersReceived`, `onProgressUpdate`. */
  readonly emit: (listenerName: string, event: object) => void
}

/**
 * A test's implementation of a function of `wx`.
 *
 * Asynchronous: `(options, control) => result`. The result goes to `success` with `errMsg` added; a thrown {@link WxError}
 * goes to `fail`. Synchronous: `(...args) => value`; an error is thrown to the mini-program.
 */
export type WxStub = {
  // Method syntax makes the parameters bivariant, so a stub may declare the argument types that it expects.
  // biome-ignore lint/suspicious/noExplicitAny: the arguments of a mini-program's call have no static type.
  call(...args: any[]): unknown
}['call']

export type WxStubs = { readonly [Name in WxName]?: WxStub }

export interface WxDispatcher {
  readonly callSync: (name: string, args: readonly unknown[]) => unknown
  readonly call: (
    name: string,
    options: WxCall['options'],
    settle: (isOk: boolean, result: object) => void,
  ) => unknown
}

export interface WxDispatcherDeps {
  /** Receives every call, in order. */
  readonly calls: WxCall[]
  readonly report: (error: unknown) => void
  readonly run: (callback: unknown, event: object) => void
}

const TASK_EVENTS = ['HeadersReceived', 'ChunkReceived', 'ProgressUpdate']

/** Dispatches the mini-program's calls of `wx` to the stubs, and records them. */
export function createWxDispatcher(stubs: WxStubs, { calls, report, run }: WxDispatcherDeps): WxDispatcher {
  function requireStub(name: string): WxStub {
    // realm/bridge.js creates functions for the names in `wxApi` only.
    const stub = stubs[name as WxName]
    if (stub) return stub
    const error = new UnstubbedCallError(name)
    report(error)
    throw error
  }
  function record(name: string, options: WxCall['options'], args: readonly unknown[]) {
    // As in requireStub: the name is one of `wxApi`.
    calls.push({ name: name as WxName, options: toHost(options), args: toHost(args) })
  }

  return {
    callSync(name, args) {
      record(name, {}, args)
      return requireStub(name)(...args)
    },

    call(name, options, settle) {
      record(name, options, [])
      const abortController = new AbortController()
      const listeners = new Map<string, Set<unknown>>()
      let isSettled = false

      function end(isOk: boolean, result: object) {
        if (isSettled) return
        isSettled = true
        settle(isOk, result)
      }
      function fail(error: unknown) {
        if (error instanceof WxError) return end(false, error.result)
        if (!(error instanceof UnstubbedCallError)) report(error)
        end(false, { errMsg: error instanceof Error ? error.message : String(error) })
      }
      async function runStub() {
        // WeChat calls back after the call has returned, also where the stub is synchronous.
        await new Promise((resolve) => setImmediate(resolve))
        const control: WxCallControl = {
          signal: abortController.signal,
          emit(listenerName, event) {
            for (const listener of listeners.get(listenerName) ?? []) run(listener, event)
          },
        }
        const result = await requireStub(name)(toHost(options), control)
        end(true, { errMsg: `${name}:ok`, ...(typeof result === 'object' ? result : {}) })
      }
      runStub().catch(fail)

      // As in requireStub: the name is one of `wxApi`.
      if (wxApi[name as WxName] !== 'task') return undefined
      return {
        abort() {
          abortController.abort()
          setImmediate(fail, new WxError(`${name}:fail abort`))
        },
        ...Object.fromEntries(
          TASK_EVENTS.flatMap((event) => [
            [`on${event}`, (listener: unknown) => addListener(listeners, `on${event}`, listener)],
            [`off${event}`, (listener?: unknown) => removeListener(listeners, `on${event}`, listener)],
          ]),
        ),
      }
    },
  }
}

/** Adds `listener` to the listeners of `name`. */
export function addListener(listeners: Map<string, Set<unknown>>, name: string, listener: unknown) {
  listeners.set(name, (listeners.get(name) ?? new Set()).add(listener))
}

/** Removes `listener` from the listeners of `name`, or all of them if it is undefined. */
export function removeListener(listeners: Map<string, Set<unknown>>, name: string, listener: unknown) {
  if (listener === undefined) listeners.delete(name)
  else listeners.get(name)?.delete(listener)
}

/** Copies plain objects and arrays into the host's realm, so that a test can compare them. Other values stay as they are. */
export function toHost<T>(value: T): T {
  // A copy has the type of its original.
  if (Array.isArray(value)) return Array.from(value, toHost) as T
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toHost(entry)])) as T
}

/** True for plain objects of any realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
