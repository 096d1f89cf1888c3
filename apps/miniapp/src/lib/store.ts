/** A value that others may watch. The smallest store that React's `useSyncExternalStore` can read. */
export interface Observed<Value> {
  readonly get: () => Value
  /** @returns the way to stop watching */
  readonly watch: (watcher: () => void) => () => void
}

/** An {@link Observed} that its owner may change. */
export interface Changeable<Value> extends Observed<Value> {
  readonly set: (value: Value) => void
}

export function createChangeable<Value>(first: Value): Changeable<Value> {
  let current = first
  const watchers = new Set<() => void>()
  return {
    get: () => current,
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    set(value) {
      current = value
      for (const watcher of [...watchers]) watcher()
    },
  }
}
