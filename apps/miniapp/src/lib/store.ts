/** A value with change notification, as React's `useSyncExternalStore` reads it. */
export interface Readable<Value> {
  readonly get: () => Value
  /** Returns a function that unsubscribes. */
  readonly subscribe: (listener: () => void) => () => void
}

export interface Store<Value> extends Readable<Value> {
  readonly set: (value: Value) => void
}

export function createStore<Value>(initial: Value): Store<Value> {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(value) {
      current = value
      // A copy: a listener added meanwhile is not called for this change.
      for (const listener of [...listeners]) listener()
    },
  }
}
