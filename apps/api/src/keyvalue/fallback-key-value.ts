import type { KeyValue, Ttl } from '@kinpass/wechat'

/** How long the first store is left alone after it failed, so that a hanging one does not slow every call. */
const PROBE_INTERVAL_MS = 1_000

/** How long what the first store holds stays in the second as well, and how long the second is asked after an outage. */
const FALLBACK_WINDOW_MS = 5 * 60_000

export interface FallbackKeyValue extends KeyValue {
  /** Takes note that the first store may have lost what it held, though no command has failed. */
  markStale(): void
}

/**
 * Two stores as one: the second serves while the first fails. Once a second one call tries the first again, so it is
 * back by itself.
 *
 * What this process writes is in both, so an outage loses it nothing that it wrote. For five minutes after an outage the
 * second is asked for what the first lacks: it was written meanwhile, or the first came back empty.
 */
export function createFallbackKeyValue(parts: {
  primary: KeyValue
  fallback: KeyValue
  /** Milliseconds of a clock that never jumps. */
  now: () => number
  /** The first store has begun to fail. Told once, until it is back. */
  onDown: (error: unknown) => void
  onUp: () => void
}): FallbackKeyValue {
  const { primary, fallback, now, onDown, onUp } = parts
  let isAway = false
  let nextTrial = Number.NEGATIVE_INFINITY
  let inDoubtUntil = Number.NEGATIVE_INFINITY

  function doubt(): void {
    inDoubtUntil = now() + FALLBACK_WINDOW_MS
  }

  /** `undefined` when the first store did not do it. */
  async function tryFirst<T>(operation: (store: KeyValue) => Promise<T>): Promise<{ result: T } | undefined> {
    if (isAway && now() < nextTrial) return undefined
    nextTrial = now() + PROBE_INTERVAL_MS
    try {
      const result = await operation(primary)
      if (isAway) onUp()
      isAway = false
      return { result }
    } catch (error) {
      if (!isAway) onDown(error)
      isAway = true
      nextTrial = now() + PROBE_INTERVAL_MS // from here: a hanging store took its time to fail
      doubt()
      return undefined
    }
  }

  /** Asks the second for what the first lacks, while the first may have missed something. */
  async function orSecond<T>(found: T, operation: (store: KeyValue) => Promise<T>): Promise<T> {
    return found || now() >= inDoubtUntil ? found : await operation(fallback)
  }

  return {
    markStale,

    async get(key) {
      const tried = await tryFirst((store) => store.get(key))
      return await (tried ? orSecond(tried.result, (store) => store.get(key)) : fallback.get(key))
    },

    async set(key, value, life) {
      const tried = await tryFirst((store) => store.set(key, value, life))
      await fallback.set(key, value, tried ? briefly(life) : life)
    },

    async setIfAbsent(key, value, life) {
      if (now() < inDoubtUntil && (await fallback.get(key)) !== undefined) return false
      const tried = await tryFirst((store) => store.setIfAbsent(key, value, life))
      if (tried?.result) await fallback.set(key, value, briefly(life))
      return tried ? tried.result : await fallback.setIfAbsent(key, value, life)
    },

    async compareAndSet(key, expected, value, life) {
      const tried = await tryFirst((store) => store.compareAndSet(key, expected, value, life))
      if (tried?.result) await fallback.set(key, value, briefly(life))
      const again = (store: KeyValue) => store.compareAndSet(key, expected, value, life)
      return await (tried ? orSecond(tried.result, again) : again(fallback))
    },

    async compareAndDelete(key, expected) {
      const tried = await tryFirst((store) => store.compareAndDelete(key, expected))
      const deleted = await fallback.compareAndDelete(key, expected)
      return tried ? await orSecond(tried.result, async () => deleted) : deleted
    },

    async take(key) {
      const tried = await tryFirst((store) => store.take(key))
      const taken = await fallback.take(key)
      return tried ? await orSecond(tried.result, async () => taken) : taken
    },

    async increment(key, life) {
      const tried = await tryFirst((store) => store.increment(key, life))
      return tried ? tried.result : await fallback.increment(key, life)
    },
  }
}

function briefly({ ttlMs }: Ttl): Ttl {
  return { ttlMs: Math.min(ttlMs, FALLBACK_WINDOW_MS) }
}
