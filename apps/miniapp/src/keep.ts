/** What a platform's storage must be able to do; each may throw when it is full, locked or broken. */
export interface PlatformStorage {
  readonly read: (key: string) => unknown
  readonly write: (key: string, value: string) => void
  readonly remove: (key: string) => void
}

/** Short strings that outlive the app, in memory first. */
export interface Keep {
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
  readonly drop: (key: string) => void
}

/**
 * Keeps strings in memory and, as far as it works, in the platform's storage. A storage that is full or
 * broken costs only that the next start knows nothing: nobody is kept out because of it.
 */
export function createKeep(storage: PlatformStorage): Keep {
  const memory = new Map<string, string | undefined>()

  function readStorage(key: string): string | undefined {
    const value = attempt(() => storage.read(key))
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  return {
    get(key) {
      if (!memory.has(key)) memory.set(key, readStorage(key))
      return memory.get(key)
    },
    set(key, value) {
      memory.set(key, value)
      attempt(() => storage.write(key, value))
    },
    drop(key) {
      memory.set(key, undefined)
      attempt(() => storage.remove(key))
    },
  }
}

function attempt<Value>(deed: () => Value): Value | undefined {
  try {
    return deed()
  } catch {
    // The copy in memory is what counts while the app runs.
    return undefined
  }
}
