import type { KeyValue } from '@kinpass/wechat'
import { createMemoryKeyValue } from '@kinpass/wechat'
import { openRedisKeyValue } from '@kinpass/wechat/redis'
import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { findRedisServer, startRedis } from './_redis.ts'

interface TestStore extends AsyncDisposable {
  readonly keyValue: KeyValue
  /** Moves the store's time forward. */
  advance(ms: number): Promise<void>
}

async function openInMemory(): Promise<TestStore> {
  let now = Date.now()
  return {
    keyValue: createMemoryKeyValue({ clock: () => new Date(now) }),
    async advance(ms) {
      now += ms
    },
    async [Symbol.asyncDispose]() {},
  }
}

async function openOnRedis(program: string): Promise<TestStore> {
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
const HOUR = { ttlMs: 3_600_000 }

describe('the key-value store in memory', () => testKeyValue(openInMemory))

describe.skipIf(redis === undefined)(
  redis === undefined
    ? 'the key-value store on Redis: not run, because PATH has no redis-server'
    : 'the key-value store on Redis',
  () => testKeyValue(() => openOnRedis(redis ?? '')),
)

function testKeyValue(open: () => Promise<TestStore>): void {
  test('a value is returned until another is set', async () => {
    await using store = await open()
    const { keyValue } = store
    expect(await keyValue.get('alice')).toBeUndefined()
    await keyValue.set('alice', '好柿开花 ', HOUR)
    expect(await keyValue.get('alice')).toBe('好柿开花 ')
    await keyValue.set('alice', '', HOUR)
    expect(await keyValue.get('alice')).toBe('')
    expect(await keyValue.get('bob')).toBeUndefined()
  })

  test('a value expires after its ttl, and setting it again restarts the ttl', async () => {
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

  test('a ttl below a millisecond is accepted', async () => {
    await using store = await open()
    const { keyValue } = store
    for (const ttlMs of [0.4, 0, -5]) {
      await keyValue.set('alice', 'a', { ttlMs })
      await store.advance(1)
      expect(await keyValue.get('alice')).toBeUndefined()
    }
  })

  test('one of many concurrent setIfAbsent calls sets the value', async () => {
    await using store = await open()
    const { keyValue } = store
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => keyValue.setIfAbsent('lease', `${n}`, HOUR)),
    )
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await keyValue.get('lease')).toBe(String(all.indexOf(true)))
    await store.advance(HOUR.ttlMs)
    expect(await keyValue.setIfAbsent('lease', 'next', HOUR)).toBe(true)
  })

  test('compareAndSet replaces the expected value only', async () => {
    await using store = await open()
    const { keyValue } = store
    expect(await keyValue.compareAndSet('token', 'old', 'new', HOUR)).toBe(false)
    expect(await keyValue.get('token')).toBeUndefined()
    await keyValue.set('token', 'old', { ttlMs: 60_000 })
    expect(await keyValue.compareAndSet('token', 'older', 'new', HOUR)).toBe(false)
    expect(await keyValue.get('token')).toBe('old')
    expect(await keyValue.compareAndSet('token', 'old', 'new', HOUR)).toBe(true)
    await store.advance(60_000)
    expect(await keyValue.get('token')).toBe('new')
  })

  test('one of many concurrent compareAndSet calls replaces the value', async () => {
    await using store = await open()
    const { keyValue } = store
    await keyValue.set('token', 'old', HOUR)
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => keyValue.compareAndSet('token', 'old', `${n}`, HOUR)),
    )
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  test('compareAndDelete deletes the expected value only', async () => {
    await using store = await open()
    const { keyValue } = store
    await keyValue.set('token', 'mine', HOUR)
    expect(await keyValue.compareAndDelete('token', 'yours')).toBe(false)
    expect(await keyValue.get('token')).toBe('mine')
    expect(await keyValue.compareAndDelete('token', 'mine')).toBe(true)
    expect(await keyValue.compareAndDelete('token', 'mine')).toBe(false)
    expect(await keyValue.get('token')).toBeUndefined()
  })

  test('of many callers that compare and delete a value, one succeeds', async () => {
    await using store = await open()
    const { keyValue } = store
    await keyValue.set('code', 'claimed', HOUR)
    const deletions = Array.from({ length: 50 }, () => keyValue.compareAndDelete('code', 'claimed'))
    expect((await Promise.all(deletions)).filter(Boolean)).toHaveLength(1)
    await keyValue.set('code', 'expired', HOUR)
    await store.advance(HOUR.ttlMs)
    expect(await keyValue.compareAndDelete('code', 'expired')).toBe(false)
  })

  test('concurrent increments are all counted, and the count restarts after its ttl', async () => {
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

  test('keys may contain any characters', async () => {
    await using store = await open()
    const { keyValue } = store
    for (const key of ['', ' ', '__proto__', 'a:b*[c]', '{x}', '好', 'k'.repeat(1_000)]) {
      await keyValue.set(key, `of ${key}`, HOUR)
      expect(await keyValue.get(key)).toBe(`of ${key}`)
    }
  })
}
