import { inspect } from 'node:util'
import { KeyValueUnavailableError, openRedisKeyValue } from '@kinpass/wechat/redis'
import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { findRedisServer, startRedis } from './_redis.ts'

const program = findRedisServer()
const HOUR = { ttlMs: 3_600_000 }

test('an unreachable Redis is reported without its address', async () => {
  const opening = openRedisKeyValue({ url: 'redis://user:planted-password@127.0.0.1:1' })
  await expect(opening).rejects.toThrow(KeyValueUnavailableError)
  await expect(opening).rejects.toThrow(/its URL is right/)
  const error = await opening.catch((error: unknown) => error)
  expect(inspect(error)).not.toMatch(/planted/)
})

describe.skipIf(program === undefined)(
  program === undefined ? 'outages of Redis: not run, because PATH has no redis-server' : 'outages of Redis',
  () => {
    test('stores with different prefixes share no key', async () => {
      await using server = await startRedis(program ?? '')
      await using ours = await openRedisKeyValue({ url: server.url })
      await using theirs = await openRedisKeyValue({ url: server.url, prefix: 'other:' })
      await ours.set('alice', 'ours', HOUR)
      expect(await theirs.get('alice')).toBeUndefined()
      expect(await theirs.compareAndSet('alice', 'ours', 'theirs', HOUR)).toBe(false)
    })

    test('every key has a ttl', async () => {
      await using server = await startRedis(program ?? '')
      await using keyValue = await openRedisKeyValue({ url: server.url })
      await keyValue.set('a', '1', HOUR)
      await keyValue.setIfAbsent('b', '1', HOUR)
      await keyValue.compareAndSet('a', '1', '2', HOUR)
      await keyValue.increment('c', HOUR)
      await keyValue.increment('c', HOUR)
      const redis = new Redis(server.url)
      const ttls = await Promise.all((await redis.keys('*')).map((key) => redis.pttl(key)))
      redis.disconnect()
      expect(ttls).toHaveLength(3)
      for (const ttl of ttls) expect(ttl).toBeGreaterThan(3_500_000)
    })

    test('a command to a killed Redis fails without waiting for its timeout, with no key or value in the error', async () => {
      const server = await startRedis(program ?? '')
      const lost: Error[] = []
      await using keyValue = await openRedisKeyValue({
        url: server.url,
        timeoutMs: 600_000,
        onConnectionLost: (error) => lost.push(error),
      })
      await server[Symbol.asyncDispose]()
      await expect.poll(() => lost.length).toBeGreaterThan(0)
      const error = await keyValue.set('planted-key', 'planted-value', HOUR).catch((error: unknown) => error)
      expect(error).toMatchObject({ code: 'KEY_VALUE_UNAVAILABLE', operation: 'set' })
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/planted/)
    })

    test('a command to a frozen Redis fails at its timeout, and succeeds after the thaw', async () => {
      await using server = await startRedis(program ?? '')
      await using keyValue = await openRedisKeyValue({ url: server.url, timeoutMs: 2_000 })
      await keyValue.set('alice', 'a', HOUR)
      server.freeze()
      await expect(keyValue.get('alice')).rejects.toMatchObject({
        operation: 'get',
        cause: { message: expect.stringContaining('timed out') },
      })
      server.thaw()
      await expect.poll(() => keyValue.get('alice').catch(() => undefined)).toBe('a')
    })

    test('a value of the wrong type is reported without the value', async () => {
      await using server = await startRedis(program ?? '')
      await using keyValue = await openRedisKeyValue({ url: server.url })
      await keyValue.set('alice', 'planted-value', HOUR)
      const error = await keyValue.increment('alice', HOUR).catch((error: unknown) => error)
      expect(error).toMatchObject({ operation: 'increment' })
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/planted/)
    })
  },
)
