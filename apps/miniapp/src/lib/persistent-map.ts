/** What a platform's storage must be able to do; each may throw when it is full, locked or broken. */
export interface PlatformStorage {
  readonly read: (key: string) => unknown
  readonly write: (key: string, value: string) => void
  readonly remove: (key: string) => void
}

/** Short strings that outlive the app, in memory first. */
export interface PersistentMap {
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
  readonly delete: (key: string) => void
  /** Takes over what another tab of the browser wrote meanwhile; true where it wrote something. */
  readonly syncFromStorage: (key: string) => boolean
}

/** `stored` is what the storage is known to hold: what was read there, or written without an error. */
interface Entry {
  readonly value: string | undefined
  readonly stored: string | undefined
}

/**
 * Keeps strings in memory and, as far as it works, in the platform's storage. A storage that is full or
 * broken costs only that the next start knows nothing: nobody is kept out because of it.
 */
export function createPersistentMap(storage: PlatformStorage): PersistentMap {
  const memory = new Map<string, Entry>()

  function entry(key: string): Entry {
    const known = memory.get(key)
    if (known) return known
    const stored = attempt(() => read(key), undefined)
    return remember(key, { value: stored, stored })
  }

  function remember(key: string, fresh: Entry): Entry {
    memory.set(key, fresh)
    return fresh
  }

  function read(key: string): string | undefined {
    const value = storage.read(key)
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  function change(key: string, value: string | undefined, write: () => void) {
    const { stored } = entry(key)
    const isWritten = attempt(() => {
      write()
      return true
    }, false)
    remember(key, { value, stored: isWritten ? value : stored })
  }

  return {
    get: (key) => entry(key).value,
    set: (key, value) => change(key, value, () => storage.write(key, value)),
    delete: (key) => change(key, undefined, () => storage.remove(key)),
    syncFromStorage(key) {
      const { value, stored } = entry(key)
      const found = attempt(() => read(key), stored)
      // What a full storage holds of old is not news.
      if (found === stored) return false
      remember(key, { value: found, stored: found })
      return found !== value
    },
  }
}

function attempt<Value>(deed: () => Value, otherwise: Value): Value {
  try {
    return deed()
  } catch {
    // The copy in memory is what counts while the app runs.
    return otherwise
  }
}
