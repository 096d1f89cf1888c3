/**
 * A store for what may be lost: text under a key, each with a time to live. The access token and the
 * lease of its fetch live in one. In memory it serves one process; on Redis, several.
 */
export interface KeyValue {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, life: Ttl): Promise<void>
  /** Sets only where nothing stands; true when it did. */
  setIfAbsent(key: string, value: string, life: Ttl): Promise<boolean>
  /** Sets only where exactly `expected` stands; true when it did. */
  compareAndSet(key: string, expected: string, value: string, life: Ttl): Promise<boolean>
  /** Deletes only where exactly `expected` stands; true when it did. */
  compareAndDelete(key: string, expected: string): Promise<boolean>
  /** Gets and deletes in one step: of several takers one alone gets the value. */
  take(key: string): Promise<string | undefined>
  /** Adds one and tells the sum. The life counts from the first increment, later ones do not extend it. */
  increment(key: string, life: Ttl): Promise<number>
}

/** How long what is written lasts. */
export interface Ttl {
  /** Milliseconds; zero or less is over at once. */
  readonly ttlMs: number
}
