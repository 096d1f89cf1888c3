import type { KeyValue } from '@kinpass/wechat'
import { createMemoryKeyValue } from '@kinpass/wechat'
import { openRedisKeyValue } from '@kinpass/wechat/redis'
import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { findRedisServer, startRedis } from './_redis.ts'

interface Store extends AsyncDisposable {
  readonly keyValue: KeyValue
  /** Moves the store's time, so that no test waits. */
  advance(ms: number): Promise<void>
}

async function inMemory(): Promise<Store> {
  let now = Date.now()
  return {
    keyValue: createMemoryKeyValue({ clock: () => new Date(now) }),
    async advance(ms) {
      now += ms
    },
    async [Symbol.asyncDispose]() {},
  }
}

async function onRedis(program: string): Promise<Store> {
  const server = await startRedis(program)
  const keyValue = await openRedisKeyValue({ url: server.url })
  const redis = new Redis(server.url)
  return {
    keyValue,
    async advance(ms) {
      for (const key of await redis.keys('*')) await redis.pexpire(key, (await redis.pttl(key)) - ms)
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect()
      await keyValue[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const redis = findRedisServer()
const hour = { ttlMs: 3_600_000 }

describe('the key-value port in memory', () => holdsThePort(inMemory))

describe.skipIf(redis === undefined)(
  redis === undefined
    ? 'the key-value port on Redis: not run, because no redis-server stands on PATH'
    : 'the key-value port on Redis',
  () => holdsThePort(() => onRedis(redis ?? '')),
)

function holdsThePort(open: () => Promise<Store>): void {
  test('what is set is there, until something else is set', async () => {
    await using store = await open()
    const { keyValue } = store
    expect(await keyValue.get('alice')).toBeUndefined()
    await keyValue.set('alice', '好柿开花 ', hour)
    expect(await keyValue.get('alice')).toBe('好柿开花 ')
    await keyValue.set('alice', '', hour)
    expect(await keyValue.get('alice')).toBe('')
    expect(await keyValue.get('bob')).toBeUndefined()
  })

  test('a value dies at its time, and setting it again gives it a whole life', async () => {
    await using store = await open()
    const { keyValue } = store
    await keyValue.set('alice', 'a', { ttlMs: 60_000 })
    await store.advance(50_000)
    expect(await keyValue.get('alice')).toBe('a')
    await keyValue.set('alice', 'b', { ttlMs: 60_000 })
    await store.advance(50_000)
    expect(await keyValue.get('alice')).toBe('b')
    await store.advance(10_000)
    expect(await keyValue.get('alice')).toBeUndefined()
  })

  test('a life that is a fraction of a millisecond, or over already, is no error', async () => {
    await using store = await open()
    const { keyValue } = store
    for (const ttlMs of [0.4, 0, -5]) {
      await keyValue.set('alice', 'a', { ttlMs })
      await store.advance(1)
      expect(await keyValue.get('alice')).toBeUndefined()
    }
  })

  test('of many who set what is absent, one does', async () => {
    await using store = await open()
    const { keyValue } = store
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => keyValue.setIfAbsent('lease', `${n}`, hour)),
    )
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await keyValue.get('lease')).toBe(String(all.indexOf(true)))
    await store.advance(hour.ttlMs)
    expect(await keyValue.setIfAbsent('lease', 'next', hour)).toBe(true)
  })

  test('a value is replaced only by who knows it', async () => {
    await using store = await open()
    const { keyValue } = store
    expect(await keyValue.compareAndSet('token', 'old', 'new', hour)).toBe(false)
    expect(await keyValue.get('token')).toBeUndefined()
    await keyValue.set('token', 'old', { ttlMs: 60_000 })
    expect(await keyValue.compareAndSet('token', 'older', 'new', hour)).toBe(false)
    expect(await keyValue.get('token')).toBe('old')
    expect(await keyValue.compareAndSet('token', 'old', 'new', hour)).toBe(true)
    await store.advance(60_000)
    expect(await keyValue.get('token')).toBe('new')
  })

  test('of many who replace the same value, one does', async () => {
    await using store = await open()
    const { keyValue } = store
    await keyValue.set('token', 'old', hour)
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => keyValue.compareAndSet('token', 'old', `${n}`, hour)),
    )
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  test('a value is deleted only by who knows it', async () => {
    await using store = await open()
    const { keyValue } = store
    await keyValue.set('token', 'mine', hour)
    expect(await keyValue.compareAndDelete('token', 'yours')).toBe(false)
    expect(await keyValue.get('token')).toBe('mine')
    expect(await keyValue.compareAndDelete('token', 'mine')).toBe(true)
    expect(await keyValue.compareAndDelete('token', 'mine')).toBe(false)
    expect(await keyValue.get('token')).toBeUndefined()
  })

  test('of many who take a value, one gets it', async () => {
    await using store = await open()
    const { keyValue } = store
    await keyValue.set('code', 'kept', hour)
    const all = await Promise.all(Array.from({ length: 50 }, () => keyValue.take('code')))
    expect(all.filter((value) => value !== undefined)).toEqual(['kept'])
    await keyValue.set('code', 'late', hour)
    await store.advance(hour.ttlMs)
    expect(await keyValue.take('code')).toBeUndefined()
  })

  test('a count loses nothing among many, and starts over when its window ends', async () => {
    await using store = await open()
    const { keyValue } = store
    const sums = await Promise.all(
      Array.from({ length: 50 }, () => keyValue.increment('taps', { ttlMs: 60_000 })),
    )
    expect(sums.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
    await store.advance(50_000)
    expect(await keyValue.increment('taps', { ttlMs: 60_000 })).toBe(51)
    await store.advance(10_000)
    expect(await keyValue.increment('taps', { ttlMs: 60_000 })).toBe(1)
  })

  test('keys with odd letters are keys like any other', async () => {
    await using store = await open()
    const { keyValue } = store
    for (const key of ['', ' ', '__proto__', 'a:b*[c]', '{x}', '好', 'k'.repeat(1_000)]) {
      await keyValue.set(key, `of ${key}`, hour)
      expect(await keyValue.get(key)).toBe(`of ${key}`)
    }
  })
}
