/**
 * A store of expiring text values: the access token, the lease of its fetch, counters.
 *
 * The in-memory implementation serves one process, the Redis implementation several. Values may be lost at any
 * time.
 */
export interface KeyValue {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, ttl: Ttl): Promise<void>
  /** Sets the value only if the key is absent; returns whether it did. */
  setIfAbsent(key: string, value: string, ttl: Ttl): Promise<boolean>
  /** Sets the value only if the current one equals `expected`; returns whether it did. */
  compareAndSet(key: string, expected: string, value: string, ttl: Ttl): Promise<boolean>
  /** Deletes the key only if its value equals `expected`; returns whether it did. */
  compareAndDelete(key: string, expected: string): Promise<boolean>
  /** Adds one and returns the count. The TTL starts with the first increment; later ones do not extend it. */
  increment(key: string, ttl: Ttl): Promise<number>
}

/** Time to live of a value. */
export interface Ttl {
  /** Milliseconds; a value of zero or less expires at once. */
  readonly ttlMs: number
}
