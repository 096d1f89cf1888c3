import { inspect } from 'node:util'
import { KeyValueUnavailableError, openRedisKeyValue } from '@kinpass/wechat/redis'
import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { findRedisServer, startRedis } from './_redis.ts'

const program = findRedisServer()
const hour = { ttlMs: 3_600_000 }

test('a Redis that is not there is told at once, without the address', async () => {
  const opening = openRedisKeyValue({ url: 'redis://user:planted-password@127.0.0.1:1' })
  await expect(opening).rejects.toThrow(KeyValueUnavailableError)
  await expect(opening).rejects.toThrow(/REDIS_URL/)
  const error = await opening.catch((error: unknown) => error)
  expect(inspect(error)).not.toMatch(/planted/)
})

describe.skipIf(program === undefined)(
  program === undefined
    ? 'Redis going away: not run, because no redis-server stands on PATH'
    : 'Redis going away',
  () => {
    test('systems with different prefixes share a Redis and no key', async () => {
      await using server = await startRedis(program ?? '')
      await using ours = await openRedisKeyValue({ url: server.url })
      await using theirs = await openRedisKeyValue({ url: server.url, prefix: 'other:' })
      await ours.set('alice', 'ours', hour)
      expect(await theirs.get('alice')).toBeUndefined()
      expect(await theirs.compareAndSet('alice', 'ours', 'theirs', hour)).toBe(false)
    })

    test('every key has a life', async () => {
      await using server = await startRedis(program ?? '')
      await using keyValue = await openRedisKeyValue({ url: server.url })
      await keyValue.set('a', '1', hour)
      await keyValue.setIfAbsent('b', '1', hour)
      await keyValue.compareAndSet('a', '1', '2', hour)
      await keyValue.increment('c', hour)
      await keyValue.increment('c', hour)
      const redis = new Redis(server.url)
      const lives = await Promise.all((await redis.keys('*')).map((key) => redis.pttl(key)))
      redis.disconnect()
      expect(lives).toHaveLength(3)
      for (const life of lives) expect(life).toBeGreaterThan(3_500_000)
    })

    test('a killed Redis fails every command at once, with no key and no value in the error', async () => {
      const server = await startRedis(program ?? '')
      const lost: Error[] = []
      await using keyValue = await openRedisKeyValue({
        url: server.url,
        onConnectionLost: (error) => lost.push(error),
      })
      await server[Symbol.asyncDispose]()
      await expect.poll(() => lost.length).toBeGreaterThan(0)
      const before = performance.now()
      const error = await keyValue.set('planted-key', 'planted-value', hour).catch((error: unknown) => error)
      expect(performance.now() - before).toBeLessThan(100)
      expect(error).toMatchObject({ code: 'KEY_VALUE_UNAVAILABLE', operation: 'set' })
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/planted/)
    })

    test('a frozen Redis fails each command at its timeout, and works again when it thaws', async () => {
      await using server = await startRedis(program ?? '')
      await using keyValue = await openRedisKeyValue({ url: server.url, timeoutMs: 150 })
      await keyValue.set('alice', 'a', hour)
      server.freeze()
      const before = performance.now()
      await expect(keyValue.get('alice')).rejects.toMatchObject({ operation: 'get' })
      expect(performance.now() - before).toBeLessThan(1_000)
      server.thaw()
      await expect.poll(() => keyValue.get('alice').catch(() => undefined)).toBe('a')
    })

    test('a value of the wrong kind is an error of ours, and says nothing of the value', async () => {
      await using server = await startRedis(program ?? '')
      await using keyValue = await openRedisKeyValue({ url: server.url })
      await keyValue.set('alice', 'planted-value', hour)
      const error = await keyValue.increment('alice', hour).catch((error: unknown) => error)
      expect(error).toMatchObject({ operation: 'increment' })
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/planted/)
    })
  },
)
