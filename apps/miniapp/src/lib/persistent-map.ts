/** Key-value storage of the platform. Each function may throw when the storage is full, locked or broken. */
export interface PlatformStorage {
  readonly read: (key: string) => unknown
  readonly write: (key: string, value: string) => void
  readonly remove: (key: string) => void
}

/** Strings cached in memory and written through to the platform's storage. */
export interface PersistentMap {
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
  readonly delete: (key: string) => void
  /** Reads what another browser tab stored under the key; true when the value changed. */
  readonly syncFromStorage: (key: string) => boolean
}

interface Entry {
  readonly value: string | undefined
  /** What was last read from the storage, or written to it without an error. */
  readonly stored: string | undefined
}

/** Storage errors are ignored: the values then last until the app ends. An empty string counts as no value. */
export function createPersistentMap(storage: PlatformStorage): PersistentMap {
  const entries = new Map<string, Entry>()

  function load(key: string): Entry {
    const cached = entries.get(key)
    if (cached) return cached
    const stored = attempt(() => read(key), undefined)
    const entry = { value: stored, stored }
    entries.set(key, entry)
    return entry
  }

  function read(key: string): string | undefined {
    const value = storage.read(key)
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  function change(key: string, value: string | undefined, write: () => void) {
    const { stored } = load(key)
    const isWritten = attempt(() => {
      write()
      return true
    }, false)
    entries.set(key, { value, stored: isWritten ? value : stored })
  }

  return {
    get: (key) => load(key).value,
    set: (key, value) => change(key, value, () => storage.write(key, value)),
    delete: (key) => change(key, undefined, () => storage.remove(key)),
    syncFromStorage(key) {
      const { value, stored } = load(key)
      const found = attempt(() => read(key), stored)
      // Unchanged in the storage: a value that could not be written is not overwritten by the old one.
      if (found === stored) return false
      entries.set(key, { value: found, stored: found })
      return found !== value
    },
  }
}

function attempt<Value>(fn: () => Value, fallback: Value): Value {
  try {
    return fn()
  } catch {
    return fallback
  }
}
