import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { describe, expect, test } from 'vitest'
import { type RunningApi, startApi } from './_api.ts'
import { databases, type TestDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { findRedisServer, startRedis } from './_redis.ts'
import { startTcpProxy, type TcpProxy } from './_tcp-proxy.ts'

const program = findRedisServer() ?? ''
const [anyDatabase] = [...databases].reverse() as [TestDatabase] // PGlite is always there
const noPort = 1

/** An API on a database of its own, and the line to its Redis, wherever that leads. */
async function start(redis: { port: number }): Promise<World> {
  const wechat = await startSandbox()
  const line = await startTcpProxy(redis.port)
  const database = await anyDatabase.create()
  const api = await startApi({
    wechat,
    databaseUrl: database.url,
    env: { REDIS_URL: `redis://127.0.0.1:${line.port}` },
  })
  return {
    api,
    wechat,
    line,
    async [Symbol.asyncDispose]() {
      for (const opened of [api, database, line, wechat]) await opened[Symbol.asyncDispose]()
    },
  }
}

interface World extends AsyncDisposable {
  api: RunningApi
  wechat: Sandbox
  line: TcpProxy
}

const portOf = (redis: { url: string }) => ({ port: Number(new URL(redis.url).port) })
const exchanges = ({ wechat }: World) =>
  wechat.calls.filter(({ endpoint }) => endpoint === '/sns/jscode2session').length
const timesInLog = ({ api }: World, words: string) => api.log().split(words).length - 1

/** Works on until the log reports that Redis is available again. */
async function untilBack(world: World): Promise<void> {
  const phone = device(world.api, 'phone of bob')
  await expect
    .poll(
      async () => {
        await phone.login(world.wechat.person('bob'))
        return timesInLog(world, 'redis available again')
      },
      { timeout: 10_000 },
    )
    .toBe(1)
}

describe.skipIf(program === '')(
  program === '' ? 'without Redis: not run, because no redis-server stands on PATH' : 'without Redis',
  () => {
    test('a Redis killed in mid-run costs no login, no renewal and no code; one alarm tells of it', async () => {
      const first = await startRedis(program)
      await using world = await start(portOf(first))
      const phone = device(world.api, 'phone of alice')
      const codes = codesOf(world.wechat.person('alice'))
      await phone.calls.session.prepare.mutate({ code: codes.code })

      await first[Symbol.asyncDispose]()
      const answer = await phone.calls.login.mutate(codes) // by what was prepared before
      expect(exchanges(world)).toBe(1)
      const { refreshToken } = answer
      await phone.calls.session.renew.mutate({ refreshToken })
      const prepared = codesOf(world.wechat.person('alice'))
      await phone.calls.session.prepare.mutate({ code: prepared.code })
      expect(timesInLog(world, 'redis unavailable')).toBe(1)

      await using second = await startRedis(program) // and empty
      world.line.connectTo(portOf(second).port)
      await untilBack(world)
      expect(timesInLog(world, 'redis unavailable')).toBe(1)
      const before = exchanges(world)
      await phone.calls.login.mutate(prepared) // by what was prepared during the outage
      expect(exchanges(world)).toBe(before)
    })

    test('an instance starts without Redis, works, and uses it once it is there', async () => {
      await using world = await start({ port: noPort })
      await device(world.api, 'phone of alice').login(world.wechat.person('alice'))
      expect(timesInLog(world, 'redis unavailable')).toBe(1)
      await using redis = await startRedis(program)
      world.line.connectTo(portOf(redis).port)
      await untilBack(world)
    })

    test('a Redis that hangs slows the first command and nothing after it', async () => {
      await using redis = await startRedis(program)
      await using world = await start(portOf(redis))
      const phone = device(world.api, 'phone of alice')
      const { refreshToken } = await phone.login(world.wechat.person('alice'))
      redis.freeze()
      await phone.login(world.wechat.person('alice')) // waits out the first command
      const before = performance.now()
      await Promise.all(Array.from({ length: 20 }, () => phone.login(world.wechat.person('alice'))))
      // Twenty logins of seven commands each; of all of them one may be the trial, which takes its second.
      expect(performance.now() - before).toBeLessThan(3_000)
      await phone.calls.session.renew.mutate({ refreshToken })
      expect(timesInLog(world, 'redis unavailable')).toBe(1)
      redis.thaw()
      await untilBack(world)
    })

    test('an instance starts although Redis hangs', async () => {
      await using redis = await startRedis(program)
      redis.freeze()
      await using world = await start(portOf(redis))
      await device(world.api, 'phone of alice').login(world.wechat.person('alice'))
      redis.thaw()
      await untilBack(world)
    })
  },
)
