/** A value that others may watch. The smallest store that React's `useSyncExternalStore` can read. */
export interface Readable<Value> {
  readonly get: () => Value
  /** @returns the way to stop watching */
  readonly subscribe: (watcher: () => void) => () => void
}

/** An {@link Readable} that its owner may change. */
export interface Store<Value> extends Readable<Value> {
  readonly set: (value: Value) => void
}

export function createStore<Value>(first: Value): Store<Value> {
  let current = first
  const watchers = new Set<() => void>()
  return {
    get: () => current,
    subscribe(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    set(value) {
      current = value
      for (const watcher of [...watchers]) watcher()
    },
  }
}
