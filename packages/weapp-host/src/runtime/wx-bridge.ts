import { wxApi } from './wx-api.ts'
import { UnstubbedCall, WxFailure } from './wx-error.ts'
import type { WxApiKind, WxName } from './wx-names.ts'

/** One call of `wx` by the mini-program, in the order of `host.calls`. */
export interface WxCall {
  readonly name: WxName
  /** The object of an asynchronous call, without its callbacks; the arguments of a synchronous one. */
  readonly options: Readonly<Record<string, unknown>>
  readonly args: readonly unknown[]
}

/** What a stub of an asynchronous call is handed beside its options. */
export interface WxCallControl {
  /** Aborted when the mini-program aborts its task. */
  readonly signal: AbortSignal
  /** Calls the listeners that the mini-program set on its task: `onHeadersReceived`, `onProgressUpdate`. */
  readonly emit: (listenerName: string, event: object) => void
}

/**
 * How a test answers a function of `wx`.
 *
 * Asynchronous: `(options, control) => result`, the result goes to `success` with `errMsg` added; throw a {@link WxFailure} to
 * end in `fail`. Synchronous: `(...args) => value`, and what it throws is thrown. Either may be called at any time.
 */
export type WxStub = {
  // A method's parameters are compared loosely: what a mini-program passes has no type, the stub says what it expects.
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  answer(...args: any[]): unknown
}['answer']

export type WxStubs = { readonly [Name in WxName]?: WxStub }

export interface WxBridge {
  readonly callSync: (name: string, args: readonly unknown[]) => unknown
  readonly call: (
    name: string,
    options: WxCall['options'],
    settle: (isOk: boolean, result: object) => void,
  ) => unknown
}

export interface WxBridgeTools {
  /** The record to write to. */
  readonly calls: WxCall[]
  readonly report: (error: unknown) => void
  readonly run: (callback: unknown, event: object) => void
}

const taskListeners = ['HeadersReceived', 'ChunkReceived', 'ProgressUpdate']

/** Hands the calls of the mini-program to the stubs, and keeps a record of them. */
export function createWxBridge(stubs: WxStubs, { calls, report, run }: WxBridgeTools): WxBridge {
  function stubOf(name: string): WxStub {
    // The inside makes functions for the names of `wxApi` alone.
    const stub = stubs[name as WxName]
    if (stub) return stub
    const error = new UnstubbedCall(name)
    report(error)
    throw error
  }
  function record(name: string, options: WxCall['options'], args: readonly unknown[]) {
    calls.push({ name: name as WxName, options: copy(options), args: copy(args) })
  }

  return {
    callSync(name, args) {
      record(name, {}, args)
      return stubOf(name)(...args)
    },

    call(name, options, settle) {
      record(name, options, [])
      const aborting = new AbortController()
      const listeners = new Map<string, Set<unknown>>()
      let isOver = false

      function end(isOk: boolean, result: object) {
        if (isOver) return
        isOver = true
        settle(isOk, result)
      }
      function fail(error: unknown) {
        if (error instanceof WxFailure) return end(false, error.result)
        if (!(error instanceof UnstubbedCall)) report(error)
        end(false, { errMsg: error instanceof Error ? error.message : String(error) })
      }
      async function answer() {
        // WeChat answers after the call has returned, whatever the stub does.
        await new Promise((resolve) => setImmediate(resolve))
        const control: WxCallControl = {
          signal: aborting.signal,
          emit(listenerName, event) {
            for (const listener of listeners.get(listenerName) ?? []) run(listener, event)
          },
        }
        const result = await stubOf(name)(copy(options), control)
        end(true, { errMsg: `${name}:ok`, ...(typeof result === 'object' ? result : {}) })
      }
      answer().catch(fail)

      if (kindOf(name) !== 'task') return undefined
      return {
        abort() {
          aborting.abort()
          setImmediate(fail, new WxFailure(`${name}:fail abort`))
        },
        ...Object.fromEntries(
          taskListeners.flatMap((event) => [
            [`on${event}`, (listener: unknown) => add(listeners, `on${event}`, listener)],
            [`off${event}`, (listener?: unknown) => remove(listeners, `on${event}`, listener)],
          ]),
        ),
      }
    },
  }
}

function kindOf(name: string): WxApiKind {
  return wxApi[name as WxName]
}

function add(listeners: Map<string, Set<unknown>>, name: string, listener: unknown) {
  const known = listeners.get(name) ?? new Set()
  listeners.set(name, known.add(listener))
}

function remove(listeners: Map<string, Set<unknown>>, name: string, listener: unknown) {
  if (listener === undefined) listeners.delete(name)
  else listeners.get(name)?.delete(listener)
}

/** A copy in the host's realm, so that a test may compare it; functions and what is not plain stay as they are. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return Array.from(value, copy) as T
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry)])) as T
}

/** Of any realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
