import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { AppOverrides } from '../src/index.ts'
import { failureOf, type RunningApi, startApi } from './_api.ts'
import { type DatabaseLocation, databases } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { measureEventLoopTime } from './_event-loop-time.ts'
import { startTcpProxy, type TcpProxy } from './_tcp-proxy.ts'

const postgres = databases.find(({ name }) => name === 'PostgreSQL')
/** Long enough for a query on a loaded machine. */
const TIMEOUT_MS = 2_000

interface Setup extends AsyncDisposable {
  api: RunningApi
  wechat: Sandbox
  proxy: TcpProxy
  location: DatabaseLocation
}

/** Starts an API with a TCP proxy to its PostgreSQL, which counts as unreachable after TIMEOUT_MS. */
async function start(
  options: {
    location?: DatabaseLocation
    isDisconnected?: boolean
    overrides?: (proxy: TcpProxy) => AppOverrides
  } = {},
): Promise<Setup> {
  if (!postgres) throw new Error('there is no PostgreSQL')
  const wechat = await startSandbox()
  const location = options.location ?? (await postgres.create())
  const proxy = await startTcpProxy(location.url)
  if (options.isDisconnected) await proxy.disconnect()
  const databaseUrl = new URL(location.url)
  databaseUrl.port = String(proxy.port)
  const api = await startApi({
    wechat,
    databaseUrl: databaseUrl.href,
    env: { DATABASE_TIMEOUT_MS: String(TIMEOUT_MS) },
    waitForDatabase: !options.isDisconnected,
    ...(options.overrides && { overrides: options.overrides(proxy) }),
  })
  return {
    api,
    wechat,
    proxy,
    location,
    async [Symbol.asyncDispose]() {
      await proxy.restore()
      for (const opened of [api, proxy, location, wechat]) await opened[Symbol.asyncDispose]()
    },
  }
}

async function get(api: RunningApi, path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${api.url}${path}`)
  return { status: response.status, body: await response.json() }
}

const unavailable = {
  status: 503,
  body: {
    error: {
      message: 'SERVICE_UNAVAILABLE',
      data: { failure: 'SERVICE_UNAVAILABLE', httpStatus: 503, retry: { afterMs: expect.any(Number) } },
    },
  },
}

describe.skipIf(!postgres)(
  postgres ? 'outages of PostgreSQL' : 'outages of PostgreSQL: not run, because PostgreSQL is not installed',
  () => {
    test('without PostgreSQL every call fails with SERVICE_UNAVAILABLE and a retry time, readyz with 503, healthz not, until it is back', async () => {
      await using setup = await start()
      const { api, wechat, proxy } = setup
      const phone = device(api, 'phone')
      const session = await phone.login(wechat.person('alice'))
      const authenticated = phone.with(session.token)
      await proxy.disconnect()

      const bobsCodes = codesOf(wechat.person('bob'))
      const calls = [
        () => authenticated.me.query(),
        () => authenticated.session.list.query(),
        () => authenticated.session.logout.mutate(),
        () => phone.calls.session.renew.mutate({ refreshToken: session.refreshToken }),
        () => phone.calls.login.mutate(bobsCodes),
        () => phone.calls.session.resume.mutate({ code: wechat.person('alice').tapsLogin() }),
      ]
      for (const call of calls) expect(await failureOf(call())).toBe('SERVICE_UNAVAILABLE')
      const me = await fetch(`${api.url}/trpc/me`, { headers: { authorization: session.token } })
      expect({ status: me.status, body: await me.json() }).toMatchObject(unavailable)
      expect(await get(api, '/readyz')).toEqual({ status: 503, body: { ready: false } })
      expect(await get(api, '/healthz')).toEqual({ status: 200, body: { alive: true } })

      await proxy.restore()
      expect(await get(api, '/readyz')).toEqual({ status: 200, body: { ready: true } })
      expect(await authenticated.me.query()).toEqual(session.member)
      await phone.calls.login.mutate(bobsCodes) // The login that failed sent no code.
    })

    test('a connection lost inside the transaction of a login leaves no row, and the login can be repeated', async () => {
      let isDisconnecting = true
      await using setup = await start({
        overrides: (proxy) => ({
          wrapStores: (stores) => ({
            ...stores,
            transaction: (work) =>
              stores.transaction(async (tx) => {
                const result = await work(tx)
                if (isDisconnecting) await proxy.disconnect()
                return result
              }),
          }),
        }),
      })
      const { api, wechat, proxy, location } = setup
      const phone = device(api, 'phone')
      const codes = codesOf(wechat.person('alice'))
      expect(await failureOf(phone.calls.login.mutate(codes))).toBe('SERVICE_UNAVAILABLE')
      expect(await countCompleteLogins(location)).toBe(0)

      isDisconnecting = false
      await proxy.restore()
      expect(await phone.calls.login.mutate(codes)).toMatchObject({ isNew: true })
      expect(await countCompleteLogins(location)).toBe(1)
      expect(wechat.calls.filter(({ endpoint }) => endpoint.endsWith('jscode2session'))).toHaveLength(1)
    })

    test('a database that receives queries and does not respond fails every call within six timeouts', async () => {
      await using setup = await start()
      const { api, wechat, proxy } = setup
      const phone = device(api, 'phone')
      const session = await phone.login(wechat.person('alice'))
      const authenticated = phone.with(session.token)
      proxy.stall()
      const elapsedMs = await measureEventLoopTime(async () => {
        const calls = Array.from({ length: 30 }, () => failureOf(authenticated.me.query()))
        expect(new Set(await Promise.all(calls))).toEqual(new Set(['SERVICE_UNAVAILABLE']))
      })
      expect(elapsedMs).toBeLessThan(6 * TIMEOUT_MS)
      expect(await failureOf(phone.calls.session.renew.mutate({ refreshToken: session.refreshToken }))).toBe(
        'SERVICE_UNAVAILABLE',
      )
      await proxy.restore()
      expect(await authenticated.me.query()).toEqual(session.member)
    })

    test('a query that waits for a lock fails at the timeout', async () => {
      await using setup = await start()
      const phone = device(setup.api, 'phone')
      const session = await phone.login(setup.wechat.person('alice'))
      const authenticated = phone.with(session.token)
      const locker = new pg.Client(setup.location.url)
      await locker.connect()
      await locker.query('BEGIN; LOCK TABLE family_member IN ACCESS EXCLUSIVE MODE')
      expect(await failureOf(authenticated.me.query())).toBe('SERVICE_UNAVAILABLE')
      expect(await failureOf(phone.login(setup.wechat.person('bob')))).toBe('SERVICE_UNAVAILABLE')
      await locker.end()
      expect(await authenticated.me.query()).toEqual(session.member)
    })

    test('an instance that starts without its database is not ready, and migrates when the database is reachable', async () => {
      await using setup = await start({ location: await createUnmigratedDatabase(), isDisconnected: true })
      const { api, wechat, proxy } = setup
      const phone = device(api, 'phone')
      const codes = codesOf(wechat.person('alice'))
      expect(await get(api, '/healthz')).toEqual({ status: 200, body: { alive: true } })
      expect(await get(api, '/readyz')).toEqual({ status: 503, body: { ready: false } })
      expect(await failureOf(phone.calls.login.mutate(codes))).toBe('SERVICE_UNAVAILABLE')
      expect(wechat.calls).toHaveLength(0)

      await proxy.restore()
      await expect.poll(async () => (await get(api, '/readyz')).status).toBe(200)
      expect(await phone.calls.login.mutate(codes)).toMatchObject({ isNew: true })
      expect(api.log().split('database unreachable')).toHaveLength(2)
    })

    test('a server without the database ends the start with an error', async () => {
      if (!postgres) return
      await using location = await postgres.create()
      const unknownDatabase = new URL(location.url)
      unknownDatabase.pathname = 'unknown_database'
      await expect(startApi({ databaseUrl: unknownDatabase.href })).rejects.toThrow('does not exist')
    })
  },
)

async function countCompleteLogins(location: DatabaseLocation): Promise<number> {
  const client = new pg.Client(location.url)
  await client.connect()
  const { rows } = await client.query(`
    SELECT (SELECT count(*) FROM family_member) + (SELECT count(*) FROM member_phone) * 1000
         + (SELECT count(*) FROM login_session) * 1000000 AS sum`)
  await client.end()
  const { sum } = rows[0] as { sum: string }
  // One member with one phone and one session, or nothing.
  expect(['0', '1001001']).toContain(sum)
  return sum === '0' ? 0 : 1
}

/** Creates a database without any table. */
async function createUnmigratedDatabase(): Promise<DatabaseLocation> {
  if (!postgres) throw new Error('there is no PostgreSQL')
  const migrated = await postgres.create()
  const client = new pg.Client(migrated.url)
  await client.connect()
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await client.end()
  return migrated
}
