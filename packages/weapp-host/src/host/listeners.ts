import type { RealmBridge } from '../runtime/realm.ts'
import { addListener, removeListener, toHost, type WxCall, type WxStubs } from '../runtime/wx-dispatcher.ts'
import type { WxName } from '../runtime/wx-names.ts'

/** Listeners that the mini-program sets with `wx.onThemeChange`, `wx.onNetworkStatusChange` and the like. */
export interface Listeners {
  readonly listen: (name: string, listener: unknown) => void
  readonly unlisten: (name: string, listener: unknown) => void
  /** Calls the listeners that were set with `wx.<name>`. */
  readonly emit: (name: string, ...args: readonly unknown[]) => void
}

/** Stores listeners by the name of the `wx` function that sets them. A stub of that name receives the listener instead. */
export function createListeners(
  stubs: WxStubs,
  bridge: () => RealmBridge,
  record: (call: WxCall) => void,
): Listeners {
  const listeners = new Map<string, Set<unknown>>()

  function call(listener: unknown, args: readonly unknown[]) {
    const { run, toRealm } = bridge()
    return run(listener, ...args.map(toRealm))
  }
  function recordAndFindStub(functionName: string) {
    // realm/bridge.js creates functions for the names in `wxApi` only.
    const name = functionName as WxName
    record({ name, options: {}, args: [] })
    return stubs[name]
  }

  return {
    listen(name, listener) {
      const stub = recordAndFindStub(name)
      if (stub) return void stub((...args: unknown[]) => call(listener, args))
      addListener(listeners, name, listener)
    },
    unlisten(name, listener) {
      const stub = recordAndFindStub(name)
      if (stub) return void stub()
      removeListener(listeners, name.replace(/^off/, 'on'), listener)
    },
    emit(name, ...args) {
      for (const listener of listeners.get(name) ?? []) call(listener, toHost(args))
    },
  }
}
