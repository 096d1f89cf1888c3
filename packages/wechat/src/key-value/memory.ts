import type { KeyValue, Ttl } from './key-value.ts'

interface Entry {
  readonly value: string
  readonly expiresAt: number
}

/** Writes between two clean-ups of what has expired, so that forgotten keys do not pile up. */
const SWEEP_EVERY = 1_000

/** A `KeyValue` in this process's memory. Nothing survives the process; no other process sees it. */
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
    if (writes % SWEEP_EVERY === 0) sweep()
  }

  function sweep(): void {
    const now = clock().getTime()
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now) entries.delete(key)
  }

  return {
    async get(key) {
      return read(key)?.value
    },
    async set(key, value, life) {
      write(key, value, life)
    },
    async setIfAbsent(key, value, life) {
      if (read(key) !== undefined) return false
      write(key, value, life)
      return true
    },
    async compareAndSet(key, expected, value, life) {
      if (read(key)?.value !== expected) return false
      write(key, value, life)
      return true
    },
    async compareAndDelete(key, expected) {
      return read(key)?.value === expected && entries.delete(key)
    },
    async take(key) {
      const value = read(key)?.value
      entries.delete(key)
      return value
    },
    async increment(key, { ttlMs }) {
      const entry = read(key)
      const sum = Number(entry?.value ?? 0) + 1
      write(key, String(sum), { ttlMs: entry === undefined ? ttlMs : entry.expiresAt - clock().getTime() })
      return sum
    },
  }
}
