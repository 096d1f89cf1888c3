import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { AppOverrides } from '../src/index.ts'
import { failureOf, type RunningApi, startApi } from './_api.ts'
import { type DatabaseLocation, databases } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { startTcpProxy, type TcpProxy } from './_tcp-proxy.ts'

const postgres = databases.find(({ name }) => name === 'PostgreSQL')
const TIMEOUT_MS = 400

interface World extends AsyncDisposable {
  api: RunningApi
  wechat: Sandbox
  line: TcpProxy
  place: DatabaseLocation
}

/** An API with a line to its PostgreSQL, which counts as gone after 400 ms. */
async function start(
  options: { place?: DatabaseLocation; isCut?: boolean; seams?: (line: TcpProxy) => AppOverrides } = {},
): Promise<World> {
  if (!postgres) throw new Error('there is no PostgreSQL')
  const wechat = await startSandbox()
  const place = options.place ?? (await postgres.create())
  const line = await startTcpProxy(place.url)
  if (options.isCut) await line.disconnect()
  const databaseUrl = new URL(place.url)
  databaseUrl.port = String(line.port)
  const api = await startApi({
    wechat,
    databaseUrl: databaseUrl.href,
    env: { DATABASE_TIMEOUT_MS: String(TIMEOUT_MS) },
    waitForDatabase: !options.isCut,
    ...(options.seams && { overrides: options.seams(line) }),
  })
  return {
    api,
    wechat,
    line,
    place,
    async [Symbol.asyncDispose]() {
      await line.restore()
      for (const opened of [api, line, place, wechat]) await opened[Symbol.asyncDispose]()
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
  postgres
    ? 'without its PostgreSQL'
    : 'without its PostgreSQL: not run, because PostgreSQL is not installed',
  () => {
    test('every call says so and when to come again; health tells the two states apart; it recovers by itself', async () => {
      await using world = await start()
      const { api, wechat, line } = world
      const phone = device(api, 'phone')
      const session = await phone.login(wechat.person('alice'))
      const mine = phone.with(session.token)
      await line.disconnect()

      const bobs = codesOf(wechat.person('bob'))
      const calls = [
        () => mine.me.query(),
        () => mine.session.list.query(),
        () => mine.session.logout.mutate(),
        () => phone.calls.session.renew.mutate({ refreshToken: session.refreshToken }),
        () => phone.calls.login.mutate(bobs),
        () => phone.calls.session.resume.mutate({ code: wechat.person('alice').tapsLogin() }),
      ]
      for (const call of calls) expect(await failureOf(call())).toBe('SERVICE_UNAVAILABLE')
      const me = await fetch(`${api.url}/trpc/me`, { headers: { authorization: session.token } })
      expect({ status: me.status, body: await me.json() }).toMatchObject(unavailable)
      expect(await get(api, '/readyz')).toEqual({ status: 503, body: { ready: false } })
      expect(await get(api, '/healthz')).toEqual({ status: 200, body: { alive: true } })

      await line.restore()
      expect(await get(api, '/readyz')).toEqual({ status: 200, body: { ready: true } })
      expect(await mine.me.query()).toEqual(session.member)
      await phone.calls.login.mutate(bobs) // the codes of the login that failed
    })

    test('a connection lost inside the transaction of a login leaves nothing, and the same login can be repeated', async () => {
      let isToCut = true
      await using world = await start({
        seams: (line) => ({
          wrapStores: (records) => ({
            ...records,
            transaction: (work) =>
              records.transaction(async (tx) => {
                const done = await work(tx)
                if (isToCut) await line.disconnect()
                return done
              }),
          }),
        }),
      })
      const { api, wechat, line, place } = world
      const phone = device(api, 'phone')
      const codes = codesOf(wechat.person('alice'))
      expect(await failureOf(phone.calls.login.mutate(codes))).toBe('SERVICE_UNAVAILABLE')
      expect(await rowsIn(place)).toBe(0)

      isToCut = false
      await line.restore()
      expect(await phone.calls.login.mutate(codes)).toMatchObject({ isNew: true })
      expect(await rowsIn(place)).toBe(1)
      expect(wechat.calls.filter(({ endpoint }) => endpoint.endsWith('jscode2session'))).toHaveLength(1)
    })

    test('a database that swallows queries holds nobody up', async () => {
      await using world = await start()
      const { api, wechat, line } = world
      const phone = device(api, 'phone')
      const session = await phone.login(wechat.person('alice'))
      const mine = phone.with(session.token)
      line.stall()
      const before = performance.now()
      const calls = Array.from({ length: 30 }, () => failureOf(mine.me.query()))
      expect(new Set(await Promise.all(calls))).toEqual(new Set(['SERVICE_UNAVAILABLE']))
      expect(performance.now() - before).toBeLessThan(6 * TIMEOUT_MS)
      expect(await failureOf(phone.calls.session.renew.mutate({ refreshToken: session.refreshToken }))).toBe(
        'SERVICE_UNAVAILABLE',
      )
      await line.restore()
      expect(await mine.me.query()).toEqual(session.member)
    })

    test('a database that is too slow holds nobody up', async () => {
      await using world = await start()
      const phone = device(world.api, 'phone')
      const session = await phone.login(world.wechat.person('alice'))
      const mine = phone.with(session.token)
      const other = new pg.Client(world.place.url)
      await other.connect()
      await other.query('BEGIN; LOCK TABLE family_member IN ACCESS EXCLUSIVE MODE')
      expect(await failureOf(mine.me.query())).toBe('SERVICE_UNAVAILABLE')
      expect(await failureOf(phone.login(world.wechat.person('bob')))).toBe('SERVICE_UNAVAILABLE')
      await other.end()
      expect(await mine.me.query()).toEqual(session.member)
    })

    test('an instance starts before its database, says that it is not ready, and migrates when it can', async () => {
      await using world = await start({ place: await emptyDatabase(), isCut: true })
      const { api, wechat, line } = world
      const phone = device(api, 'phone')
      const codes = codesOf(wechat.person('alice'))
      expect(await get(api, '/healthz')).toEqual({ status: 200, body: { alive: true } })
      expect(await get(api, '/readyz')).toEqual({ status: 503, body: { ready: false } })
      expect(await failureOf(phone.calls.login.mutate(codes))).toBe('SERVICE_UNAVAILABLE')
      expect(wechat.calls).toHaveLength(0)

      await line.restore()
      await expect.poll(async () => (await get(api, '/readyz')).status).toBe(200)
      expect(await phone.calls.login.mutate(codes)).toMatchObject({ isNew: true })
      expect(api.log().split('database unreachable')).toHaveLength(2)
    })

    test('a server that refuses the database is told, not waited for', async () => {
      if (!postgres) return
      await using place = await postgres.create()
      const elsewhere = new URL(place.url)
      elsewhere.pathname = 'nobody_made_this'
      await expect(startApi({ databaseUrl: elsewhere.href })).rejects.toThrow('does not exist')
    })
  },
)

async function rowsIn(place: DatabaseLocation): Promise<number> {
  const client = new pg.Client(place.url)
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

/** A database that nobody has migrated. */
async function emptyDatabase(): Promise<DatabaseLocation> {
  if (!postgres) throw new Error('there is no PostgreSQL')
  const migrated = await postgres.create()
  const client = new pg.Client(migrated.url)
  await client.connect()
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await client.end()
  return migrated
}
