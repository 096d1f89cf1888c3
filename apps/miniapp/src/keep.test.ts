import { expect, test } from 'vitest'
import { createKeep, type PlatformStorage } from './keep.ts'

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
  const keep = createKeep(broken)
  expect(keep.get('token')).toBeUndefined()
  keep.set('token', 'of alice')
  expect(keep.get('token')).toBe('of alice')
  keep.drop('token')
  expect(keep.get('token')).toBeUndefined()
})

test.each([[''], [undefined], [{ token: 'of alice' }], [7]])(
  '%j in the storage counts as nothing',
  (value) => {
    expect(createKeep({ ...broken, read: () => value }).get('token')).toBeUndefined()
  },
)

test('the storage is read once', () => {
  let reads = 0
  const keep = createKeep({ ...broken, read: () => `read ${++reads}` })
  expect([keep.get('token'), keep.get('token')]).toEqual(['read 1', 'read 1'])
})
