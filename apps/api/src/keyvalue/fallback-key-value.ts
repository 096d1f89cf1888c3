import type { KeyValue, Ttl } from '@kinpass/wechat'

/** Interval between probes of a failed primary. A primary that hangs delays only these calls. */
const PROBE_INTERVAL_MS = 1_000

/** How long the fallback stores copies of the primary's entries and is read after an outage. */
const FALLBACK_WINDOW_MS = 5 * 60_000

export interface FallbackKeyValue extends KeyValue {
  /** Reports that the primary may have lost entries, although no command failed. */
  markStale(): void
}

export interface FallbackKeyValueDeps {
  primary: KeyValue
  fallback: KeyValue
  /** Monotonic clock in milliseconds. */
  now: () => number
  /** Called once when the primary starts to fail. */
  onDown: (error: unknown) => void
  /** Called once when the primary works again. */
  onUp: () => void
}

/**
 * Combines two stores: the fallback serves while the primary fails. Once per second one call probes a failed primary.
 *
 * This process writes to both stores, so an outage loses none of its own entries. For five minutes after an outage,
 * reads that miss in the primary go to the fallback: the entry was written during the outage, or the primary restarted
 * empty.
 */
export function createFallbackKeyValue(deps: FallbackKeyValueDeps): FallbackKeyValue {
  const { primary, fallback, now, onDown, onUp } = deps
  let isDown = false
  let nextProbeAt = Number.NEGATIVE_INFINITY
  let staleUntil = Number.NEGATIVE_INFINITY

  function markStale(): void {
    staleUntil = now() + FALLBACK_WINDOW_MS
  }

  /** Returns undefined if the primary failed or was skipped. */
  async function tryPrimary<T>(
    operation: (store: KeyValue) => Promise<T>,
  ): Promise<{ result: T } | undefined> {
    if (isDown && now() < nextProbeAt) return undefined
    nextProbeAt = now() + PROBE_INTERVAL_MS
    try {
      const result = await operation(primary)
      if (isDown) onUp()
      isDown = false
      return { result }
    } catch (error) {
      if (!isDown) onDown(error)
      isDown = true
      nextProbeAt = now() + PROBE_INTERVAL_MS // Counted again from here: a hanging primary fails only at its timeout.
      markStale()
      return undefined
    }
  }

  /** Runs the operation on the fallback if a stale primary had no result. */
  async function orFallback<T>(result: T, operation: (store: KeyValue) => Promise<T>): Promise<T> {
    return result || now() >= staleUntil ? result : await operation(fallback)
  }

  return {
    markStale,

    async get(key) {
      const tried = await tryPrimary((store) => store.get(key))
      return await (tried ? orFallback(tried.result, (store) => store.get(key)) : fallback.get(key))
    },

    async set(key, value, ttl) {
      const tried = await tryPrimary((store) => store.set(key, value, ttl))
      await fallback.set(key, value, tried ? limitTtl(ttl) : ttl)
    },

    async setIfAbsent(key, value, ttl) {
      if (now() < staleUntil && (await fallback.get(key)) !== undefined) return false
      const tried = await tryPrimary((store) => store.setIfAbsent(key, value, ttl))
      if (tried?.result) await fallback.set(key, value, limitTtl(ttl))
      return tried ? tried.result : await fallback.setIfAbsent(key, value, ttl)
    },

    async compareAndSet(key, expected, value, ttl) {
      const tried = await tryPrimary((store) => store.compareAndSet(key, expected, value, ttl))
      if (tried?.result) await fallback.set(key, value, limitTtl(ttl))
      const compareAndSet = (store: KeyValue) => store.compareAndSet(key, expected, value, ttl)
      return await (tried ? orFallback(tried.result, compareAndSet) : compareAndSet(fallback))
    },

    async compareAndDelete(key, expected) {
      const tried = await tryPrimary((store) => store.compareAndDelete(key, expected))
      const deleted = await fallback.compareAndDelete(key, expected)
      return tried ? await orFallback(tried.result, async () => deleted) : deleted
    },

    async increment(key, ttl) {
      const tried = await tryPrimary((store) => store.increment(key, ttl))
      return tried ? tried.result : await fallback.increment(key, ttl)
    },
  }
}

function limitTtl({ ttlMs }: Ttl): Ttl {
  return { ttlMs: Math.min(ttlMs, FALLBACK_WINDOW_MS) }
}
