import { describe, expect, test } from 'vitest'
import { createPersistentMap, type PlatformStorage } from './persistent-map.ts'

const brokenStorage: PlatformStorage = {
  read: () => {
    throw new Error('storage is locked')
  },
  write: () => {
    throw new Error('storage is full')
  },
  remove: () => {
    throw new Error('storage is locked')
  },
}

test('values last until the app ends when the storage is broken', () => {
  const map = createPersistentMap(brokenStorage)
  expect(map.get('token')).toBeUndefined()
  map.set('token', 'of alice')
  expect(map.get('token')).toBe('of alice')
  map.delete('token')
  expect(map.get('token')).toBeUndefined()
})

test.each([[''], [undefined], [{ token: 'of alice' }], [7]])(
  '%j in the storage counts as no value',
  (value) => {
    expect(createPersistentMap({ ...brokenStorage, read: () => value }).get('token')).toBeUndefined()
  },
)

test('the storage is read once per key', () => {
  let reads = 0
  const map = createPersistentMap({ ...brokenStorage, read: () => `read ${++reads}` })
  expect([map.get('token'), map.get('token')]).toEqual(['read 1', 'read 1'])
})

describe('two tabs', () => {
  function createTabs(overrides: Partial<PlatformStorage> = {}) {
    const stored = new Map<string, string>()
    const storage: PlatformStorage = {
      read: (key) => stored.get(key),
      write: (key, value) => void stored.set(key, value),
      remove: (key) => void stored.delete(key),
    }
    return {
      here: createPersistentMap({ ...storage, ...overrides }),
      there: createPersistentMap(storage),
    }
  }

  test('syncFromStorage reads the value that another tab wrote', () => {
    const { here, there } = createTabs()
    here.set('token', 'of alice')
    there.set('token', 'of bob')
    expect(here.get('token')).toBe('of alice')
    expect(here.syncFromStorage('token')).toBe(true)
    expect(here.get('token')).toBe('of bob')
    expect(here.syncFromStorage('token')).toBe(false)
  })

  test('syncFromStorage removes the value that another tab deleted', () => {
    const { here, there } = createTabs()
    here.set('token', 'of alice')
    there.delete('token')
    expect(here.syncFromStorage('token')).toBe(true)
    expect(here.get('token')).toBeUndefined()
  })

  test('syncFromStorage keeps a value that a full storage did not take', () => {
    const { here, there } = createTabs({ write: brokenStorage.write })
    there.set('token', 'of old')
    here.set('token', 'of today')
    expect(here.syncFromStorage('token')).toBe(false)
    expect(here.get('token')).toBe('of today')
  })

  test('syncFromStorage keeps the value when the storage is broken', () => {
    const map = createPersistentMap(brokenStorage)
    map.set('token', 'of alice')
    expect(map.syncFromStorage('token')).toBe(false)
    expect(map.get('token')).toBe('of alice')
  })
})
