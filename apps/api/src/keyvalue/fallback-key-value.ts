import type { KeyValue, Life } from '@kinpass/wechat'

/** How long the first store is left alone after it failed, so that a hanging one does not slow every call. */
const TRIAL_EVERY_MS = 1_000

/** How long what the first store holds stays in the second as well, and how long the second is asked after an outage. */
const MEMORY_MS = 5 * 60_000

export interface FallbackKeyValue extends KeyValue {
  /** Takes note that the first store may have lost what it held, though no command has failed. */
  doubt(): void
}

/**
 * Two stores as one: the second serves while the first fails. Once a second one call tries the first again, so it is
 * back by itself.
 *
 * What this process writes is in both, so an outage loses it nothing that it wrote. For five minutes after an outage the
 * second is asked for what the first lacks: it was written meanwhile, or the first came back empty.
 */
export function createFallbackKeyValue(parts: {
  first: KeyValue
  second: KeyValue
  /** Milliseconds of a clock that never jumps. */
  now: () => number
  /** The first store has begun to fail. Told once, until it is back. */
  onAway: (error: unknown) => void
  onBack: () => void
}): FallbackKeyValue {
  const { first, second, now, onAway, onBack } = parts
  let isAway = false
  let nextTrial = Number.NEGATIVE_INFINITY
  let inDoubtUntil = Number.NEGATIVE_INFINITY

  function doubt(): void {
    inDoubtUntil = now() + MEMORY_MS
  }

  /** `undefined` when the first store did not do it. */
  async function tryFirst<T>(operation: (store: KeyValue) => Promise<T>): Promise<{ result: T } | undefined> {
    if (isAway && now() < nextTrial) return undefined
    nextTrial = now() + TRIAL_EVERY_MS
    try {
      const result = await operation(first)
      if (isAway) onBack()
      isAway = false
      return { result }
    } catch (error) {
      if (!isAway) onAway(error)
      isAway = true
      nextTrial = now() + TRIAL_EVERY_MS // from here: a hanging store took its time to fail
      doubt()
      return undefined
    }
  }

  /** Asks the second for what the first lacks, while the first may have missed something. */
  async function orSecond<T>(found: T, operation: (store: KeyValue) => Promise<T>): Promise<T> {
    return found || now() >= inDoubtUntil ? found : await operation(second)
  }

  return {
    doubt,

    async get(key) {
      const tried = await tryFirst((store) => store.get(key))
      return await (tried ? orSecond(tried.result, (store) => store.get(key)) : second.get(key))
    },

    async set(key, value, life) {
      const tried = await tryFirst((store) => store.set(key, value, life))
      await second.set(key, value, tried ? briefly(life) : life)
    },

    async setIfAbsent(key, value, life) {
      if (now() < inDoubtUntil && (await second.get(key)) !== undefined) return false
      const tried = await tryFirst((store) => store.setIfAbsent(key, value, life))
      if (tried?.result) await second.set(key, value, briefly(life))
      return tried ? tried.result : await second.setIfAbsent(key, value, life)
    },

    async compareAndSet(key, expected, value, life) {
      const tried = await tryFirst((store) => store.compareAndSet(key, expected, value, life))
      if (tried?.result) await second.set(key, value, briefly(life))
      const again = (store: KeyValue) => store.compareAndSet(key, expected, value, life)
      return await (tried ? orSecond(tried.result, again) : again(second))
    },

    async compareAndDelete(key, expected) {
      const tried = await tryFirst((store) => store.compareAndDelete(key, expected))
      const deleted = await second.compareAndDelete(key, expected)
      return tried ? await orSecond(tried.result, async () => deleted) : deleted
    },

    async take(key) {
      const tried = await tryFirst((store) => store.take(key))
      const taken = await second.take(key)
      return tried ? await orSecond(tried.result, async () => taken) : taken
    },

    async increment(key, life) {
      const tried = await tryFirst((store) => store.increment(key, life))
      return tried ? tried.result : await second.increment(key, life)
    },
  }
}

function briefly({ ttlMs }: Life): Life {
  return { ttlMs: Math.min(ttlMs, MEMORY_MS) }
}
