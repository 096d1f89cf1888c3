import { expect, test } from 'vitest'
import { createStorage } from './storage.ts'

type Call = (...args: unknown[]) => unknown

function open(initial = {}) {
  const storage = createStorage(initial)
  // The storage implements every function that these tests call.
  const call = (name: keyof typeof storage.wx, ...args: unknown[]) => (storage.wx[name] as Call)(...args)
  return { storage, call }
}

test('a value that one API sets is returned by the other', () => {
  const { call } = open()
  call('setStorageSync', 'token', { value: 'a' })
  expect(call('getStorage', { key: 'token' })).toEqual({ data: { value: 'a' } })
  call('setStorage', { key: 'name', data: 'alice' })
  expect(call('getStorageSync', 'name')).toBe('alice')
  expect(call('getStorageInfoSync')).toMatchObject({ keys: ['token', 'name'], limitSize: 10_240 })
})

test('a missing key is an empty string for getStorageSync and a failure for getStorage', () => {
  const { call } = open()
  expect(call('getStorageSync', 'token')).toBe('')
  expect(() => call('getStorage', { key: 'token' })).toThrow('getStorage:fail data not found')
})

test('a value is stored as a JSON copy', () => {
  const { call } = open()
  const value = { list: [1], lost: undefined }
  call('setStorageSync', 'key', value)
  value.list.push(2)
  expect(call('getStorageSync', 'key')).toEqual({ list: [1] })
})

test('removeStorage deletes one key, clearStorage all keys', () => {
  const { storage, call } = open({ a: 1, b: 2 })
  call('removeStorageSync', 'a')
  expect([...storage.entries.keys()]).toEqual(['b'])
  call('clearStorage')
  expect(storage.entries.size).toBe(0)
})

test('a full storage rejects writes and keeps its entries', () => {
  const { storage, call } = open({ token: 'old' })
  storage.isFull = true
  expect(() => call('setStorageSync', 'token', 'fresh')).toThrow(
    'setStorageSync:fail exceed storage max size 10Mb',
  )
  expect(call('getStorageSync', 'token')).toBe('old')
})

test('a value of more than 1 MiB is rejected', () => {
  const { call } = open()
  expect(() => call('setStorageSync', 'key', 'x'.repeat(1024 * 1024))).toThrow('entry size limit reached')
})

test('a broken storage rejects reads and removals', () => {
  const { storage, call } = open({ token: 'old' })
  storage.isBroken = true
  expect(() => call('getStorageSync', 'token')).toThrow('getStorageSync:fail')
  expect(() => call('removeStorage', { key: 'token' })).toThrow('removeStorage:fail')
})
