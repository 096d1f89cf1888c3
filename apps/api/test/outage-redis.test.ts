import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { describe, expect, test } from 'vitest'
import { type RunningApi, startApi } from './_api.ts'
import { preferredDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { findRedisServer, startRedis } from './_redis.ts'
import { startTcpProxy, type TcpProxy } from './_tcp-proxy.ts'

const program = findRedisServer() ?? ''
/** Nothing listens on port 1. */
const UNUSED_PORT = 1
const COMMAND_TIMEOUT_MS = 1_000
const COMMANDS_PER_LOGIN = 7

/** Starts an API on a database of its own, with a TCP proxy to its Redis. */
async function start(redis: { port: number }): Promise<Setup> {
  const wechat = await startSandbox()
  const proxy = await startTcpProxy(redis.port)
  const database = await preferredDatabase.create()
  const api = await startApi({
    wechat,
    databaseUrl: database.url,
    env: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` },
  })
  return {
    api,
    wechat,
    proxy,
    async [Symbol.asyncDispose]() {
      for (const opened of [api, database, proxy, wechat]) await opened[Symbol.asyncDispose]()
    },
  }
}

interface Setup extends AsyncDisposable {
  api: RunningApi
  wechat: Sandbox
  proxy: TcpProxy
}

const portOf = (redis: { url: string }) => ({ port: Number(new URL(redis.url).port) })
const exchanges = ({ wechat }: Setup) =>
  wechat.calls.filter(({ endpoint }) => endpoint === '/sns/jscode2session').length
const timesInLog = ({ api }: Setup, words: string) => api.log().split(words).length - 1

/** Logs bob in until the log reports that Redis is available again. */
async function waitUntilAvailable(setup: Setup): Promise<void> {
  const phone = device(setup.api, 'phone of bob')
  await expect
    .poll(async () => {
      await phone.login(setup.wechat.person('bob'))
      return timesInLog(setup, 'redis available again')
    })
    .toBe(1)
}

describe.skipIf(program === '')(
  program === '' ? 'outages of Redis: not run, because PATH has no redis-server' : 'outages of Redis',
  () => {
    test('logins, renewals and prepared codes survive a crash of Redis, which is logged once', async () => {
      const first = await startRedis(program)
      await using setup = await start(portOf(first))
      const phone = device(setup.api, 'phone of alice')
      const codes = codesOf(setup.wechat.person('alice'))
      await phone.calls.session.prepare.mutate({ code: codes.code })

      await first[Symbol.asyncDispose]()
      const { refreshToken } = await phone.calls.login.mutate(codes) // prepared before the outage
      expect(exchanges(setup)).toBe(1)
      await phone.calls.session.renew.mutate({ refreshToken })
      const prepared = codesOf(setup.wechat.person('alice'))
      await phone.calls.session.prepare.mutate({ code: prepared.code })
      expect(timesInLog(setup, 'redis unavailable')).toBe(1)

      await using second = await startRedis(program) // an empty one
      setup.proxy.connectTo(portOf(second).port)
      await waitUntilAvailable(setup)
      expect(timesInLog(setup, 'redis unavailable')).toBe(1)
      const before = exchanges(setup)
      await phone.calls.login.mutate(prepared) // prepared during the outage
      expect(exchanges(setup)).toBe(before)
    })

    test('an instance starts without Redis and uses it when it is available', async () => {
      await using setup = await start({ port: UNUSED_PORT })
      await device(setup.api, 'phone of alice').login(setup.wechat.person('alice'))
      expect(timesInLog(setup, 'redis unavailable')).toBe(1)
      await using redis = await startRedis(program)
      setup.proxy.connectTo(portOf(redis).port)
      await waitUntilAvailable(setup)
    })

    test('a Redis that hangs delays fewer than half of the commands, and its outage is logged once', async () => {
      await using redis = await startRedis(program)
      await using setup = await start(portOf(redis))
      const phone = device(setup.api, 'phone of alice')
      const { refreshToken } = await phone.login(setup.wechat.person('alice'))
      redis.freeze()
      await phone.login(setup.wechat.person('alice')) // Its first command waits for the timeout.
      const logins = 20
      const before = performance.now()
      for (let login = 0; login < logins; login += 1) await phone.login(setup.wechat.person('alice'))
      // If every command waited for its timeout, the logins would take 140 seconds.
      expect(performance.now() - before).toBeLessThan((logins * COMMANDS_PER_LOGIN * COMMAND_TIMEOUT_MS) / 2)
      await phone.calls.session.renew.mutate({ refreshToken })
      expect(timesInLog(setup, 'redis unavailable')).toBe(1)
      redis.thaw()
      await waitUntilAvailable(setup)
    })

    test('an instance starts while Redis hangs', async () => {
      await using redis = await startRedis(program)
      redis.freeze()
      await using setup = await start(portOf(redis))
      await device(setup.api, 'phone of alice').login(setup.wechat.person('alice'))
      redis.thaw()
      await waitUntilAvailable(setup)
    })
  },
)
