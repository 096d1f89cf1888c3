import type { KeyValue, Ttl } from './key-value.ts'

interface Entry {
  readonly value: string
  readonly expiresAt: number
}

/** Expired entries are removed after this many writes; a read removes only the entry it reads. */
const WRITES_PER_CLEANUP = 1_000

/** Creates a {@link KeyValue} in this process's memory. */
export function createMemoryKeyValue({ clock = () => new Date() }: { clock?: () => Date } = {}): KeyValue {
  const entries = new Map<string, Entry>()
  let writes = 0

  function read(key: string): Entry | undefined {
    const entry = entries.get(key)
    if (entry === undefined || entry.expiresAt > clock().getTime()) return entry
    entries.delete(key)
    return undefined
  }

  function write(key: string, value: string, { ttlMs }: Ttl): void {
    entries.set(key, { value, expiresAt: clock().getTime() + ttlMs })
    writes += 1
    if (writes % WRITES_PER_CLEANUP === 0) removeExpired()
  }

  function removeExpired(): void {
    const now = clock().getTime()
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now) entries.delete(key)
  }

  return {
    async get(key) {
      return read(key)?.value
    },
    async set(key, value, ttl) {
      write(key, value, ttl)
    },
    async setIfAbsent(key, value, ttl) {
      if (read(key) !== undefined) return false
      write(key, value, ttl)
      return true
    },
    async compareAndSet(key, expected, value, ttl) {
      if (read(key)?.value !== expected) return false
      write(key, value, ttl)
      return true
    },
    async compareAndDelete(key, expected) {
      return read(key)?.value === expected && entries.delete(key)
    },
    async increment(key, { ttlMs }) {
      const entry = read(key)
      const count = Number(entry?.value ?? 0) + 1
      write(key, String(count), { ttlMs: entry === undefined ? ttlMs : entry.expiresAt - clock().getTime() })
      return count
    },
  }
}
