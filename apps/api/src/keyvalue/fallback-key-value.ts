import type { KeyValue } from './key-value.ts'

/**
 * Two stores as one: the second serves whenever the first fails. Each call tries the first again, so it is back by itself.
 * What was written to one is not in the other: all users of the port can lose what they keep.
 */
export function createFallbackKeyValue(parts: {
  first: KeyValue
  second: KeyValue
  /** The first store has begun to fail. Told once, until it is back. */
  onAway: (error: unknown) => void
  onBack: () => void
}): KeyValue {
  const { first, second, onAway, onBack } = parts
  let isAway = false

  async function either<T>(operation: (store: KeyValue) => Promise<T>): Promise<T> {
    try {
      const result = await operation(first)
      if (isAway) onBack()
      isAway = false
      return result
    } catch (error) {
      if (!isAway) onAway(error)
      isAway = true
      return await operation(second)
    }
  }

  return {
    get: (key) => either((store) => store.get(key)),
    set: (key, value, life) => either((store) => store.set(key, value, life)),
    setIfAbsent: (key, value, life) => either((store) => store.setIfAbsent(key, value, life)),
    compareAndSet: (key, expected, value, life) =>
      either((store) => store.compareAndSet(key, expected, value, life)),
    compareAndDelete: (key, expected) => either((store) => store.compareAndDelete(key, expected)),
    take: (key) => either((store) => store.take(key)),
    increment: (key, life) => either((store) => store.increment(key, life)),
  }
}
