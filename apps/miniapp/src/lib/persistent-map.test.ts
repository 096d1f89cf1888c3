import { describe, expect, test } from 'vitest'
import { createPersistentMap, type PlatformStorage } from './persistent-map.ts'

const broken: PlatformStorage = {
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

test('a broken storage keeps things for as long as the app runs', () => {
  const keep = createPersistentMap(broken)
  expect(keep.get('token')).toBeUndefined()
  keep.set('token', 'of alice')
  expect(keep.get('token')).toBe('of alice')
  keep.delete('token')
  expect(keep.get('token')).toBeUndefined()
})

test.each([[''], [undefined], [{ token: 'of alice' }], [7]])(
  '%j in the storage counts as nothing',
  (value) => {
    expect(createPersistentMap({ ...broken, read: () => value }).get('token')).toBeUndefined()
  },
)

test('the storage is read once', () => {
  let reads = 0
  const keep = createPersistentMap({ ...broken, read: () => `read ${++reads}` })
  expect([keep.get('token'), keep.get('token')]).toEqual(['read 1', 'read 1'])
})

describe('another tab', () => {
  function createTabs(own: Partial<PlatformStorage> = {}) {
    const stored = new Map<string, string>()
    const storage: PlatformStorage = {
      read: (key) => stored.get(key),
      write: (key, value) => void stored.set(key, value),
      remove: (key) => void stored.delete(key),
    }
    return { here: createPersistentMap({ ...storage, ...own }), there: createPersistentMap(storage) }
  }

  test('is heeded when one looks, not before', () => {
    const { here, there } = createTabs()
    here.set('token', 'of alice')
    there.set('token', 'of bob')
    expect(here.get('token')).toBe('of alice')
    expect(here.syncFromStorage('token')).toBe(true)
    expect(here.get('token')).toBe('of bob')
    expect(here.syncFromStorage('token')).toBe(false)
  })

  test('is heeded when it drops something', () => {
    const { here, there } = createTabs()
    here.set('token', 'of alice')
    there.delete('token')
    expect(here.syncFromStorage('token')).toBe(true)
    expect(here.get('token')).toBeUndefined()
  })

  test('is not mistaken for what a full storage holds of old', () => {
    const { here, there } = createTabs({ write: broken.write })
    there.set('token', 'of old')
    here.set('token', 'of today')
    expect(here.syncFromStorage('token')).toBe(false)
    expect(here.get('token')).toBe('of today')
  })

  test('is not there where the storage is broken', () => {
    const keep = createPersistentMap(broken)
    keep.set('token', 'of alice')
    expect(keep.syncFromStorage('token')).toBe(false)
    expect(keep.get('token')).toBe('of alice')
  })
})
