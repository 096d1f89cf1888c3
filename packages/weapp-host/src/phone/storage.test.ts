import { expect, test } from 'vitest'
import { createStorage } from './storage.ts'

type Call = (...args: unknown[]) => unknown

function open(initial = {}) {
  const storage = createStorage(initial)
  // Every name below is one that the storage answers.
  const call = (name: keyof typeof storage.wx, ...args: unknown[]) => (storage.wx[name] as Call)(...args)
  return { storage, call }
}

test('what is set is got, both ways', () => {
  const { call } = open()
  call('setStorageSync', 'token', { value: 'a' })
  expect(call('getStorage', { key: 'token' })).toEqual({ data: { value: 'a' } })
  call('setStorage', { key: 'name', data: 'alice' })
  expect(call('getStorageSync', 'name')).toBe('alice')
  expect(call('getStorageInfoSync')).toMatchObject({ keys: ['token', 'name'], limitSize: 10_240 })
})

test('what is not there is an empty text, or a failure', () => {
  const { call } = open()
  expect(call('getStorageSync', 'token')).toBe('')
  expect(() => call('getStorage', { key: 'token' })).toThrow('getStorage:fail data not found')
})

test('a value is kept as JSON, apart from the one that was given', () => {
  const { call } = open()
  const value = { list: [1], lost: undefined }
  call('setStorageSync', 'key', value)
  value.list.push(2)
  expect(call('getStorageSync', 'key')).toEqual({ list: [1] })
})

test('a key is removed, and all of them', () => {
  const { storage, call } = open({ a: 1, b: 2 })
  call('removeStorageSync', 'a')
  expect([...storage.entries.keys()]).toEqual(['b'])
  call('clearStorage')
  expect(storage.entries.size).toBe(0)
})

test('a storage that is full keeps what it has', () => {
  const { storage, call } = open({ token: 'old' })
  storage.isFull = true
  expect(() => call('setStorageSync', 'token', 'fresh')).toThrow(
    'setStorageSync:fail exceed storage max size 10Mb',
  )
  expect(call('getStorageSync', 'token')).toBe('old')
})

test('a value of more than 1 MiB is refused', () => {
  const { call } = open()
  expect(() => call('setStorageSync', 'key', 'x'.repeat(1024 * 1024))).toThrow('entry size limit reached')
})

test('a storage that is broken answers nothing', () => {
  const { storage, call } = open({ token: 'old' })
  storage.isBroken = true
  expect(() => call('getStorageSync', 'token')).toThrow('getStorageSync:fail')
  expect(() => call('removeStorage', { key: 'token' })).toThrow('removeStorage:fail')
})
