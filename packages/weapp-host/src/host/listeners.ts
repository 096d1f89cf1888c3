import type { Kernel } from '../runtime/realm.ts'
import { copy, type WxCall, type WxStubs } from '../runtime/wx-bridge.ts'
import type { WxName } from '../runtime/wx-names.ts'

/** The listeners that the mini-program has set: `wx.onThemeChange`, `wx.onNetworkStatusChange`. */
export interface Listeners {
  readonly listen: (name: string, listener: unknown) => void
  readonly unlisten: (name: string, listener: unknown) => void
  /** Calls the listeners of `wx.<name>`. */
  readonly emit: (name: string, ...args: readonly unknown[]) => void
}

/** Keeps listeners by the name of the function that sets them; a stub of that name is handed the listener instead. */
export function createListeners(
  stubs: WxStubs,
  kernel: () => Kernel,
  record: (call: WxCall) => void,
): Listeners {
  const listeners = new Map<string, Set<unknown>>()

  function call(listener: unknown, args: readonly unknown[]) {
    const { run, adopt } = kernel()
    return run(listener, ...args.map(adopt))
  }
  function stubOf(name: string) {
    // The inside makes functions for the names of `wxApi` alone.
    record({ name: name as WxName, options: {}, args: [] })
    return stubs[name as WxName]
  }

  return {
    listen(name, listener) {
      const stub = stubOf(name)
      if (stub) return void stub((...args: unknown[]) => call(listener, args))
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener))
    },
    unlisten(name, listener) {
      const stub = stubOf(name)
      if (stub) return void stub()
      const set = name.replace(/^off/, 'on')
      if (listener === undefined) listeners.delete(set)
      else listeners.get(set)?.delete(listener)
    },
    emit(name, ...args) {
      for (const listener of listeners.get(name) ?? []) call(listener, copy(args))
    },
  }
}
