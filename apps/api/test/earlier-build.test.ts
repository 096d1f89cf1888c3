import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { KeyValue } from '@kinpass/wechat'
import { createMemoryKeyValue } from '@kinpass/wechat'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrationsDirectory } from '../src/database/migrations-directory.ts'
import type { AppOverrides } from '../src/index.ts'
import { failureOf, type RunningApi, startApi } from './_api.ts'
import { databases } from './_databases.ts'
import { device } from './_device.ts'
import { findRedisServer, startRedis } from './_redis.ts'
import clients from './fixtures/before-rename/clients.json' with { type: 'json' }
import entries from './fixtures/before-rename/redis.json' with { type: 'json' }

const MILLISECONDS_SINCE = 1_000
const CODE_LIFETIME_MS = 5 * 60_000
const HOUR_MS = 3_600_000
const REDIS_PREFIX = 'kinpass:'
const now = () => new Date(Date.parse(clients.writtenAt) + MILLISECONDS_SINCE)
const redisProgram = findRedisServer()

// Stored and derived names outlive a deployment: HKDF purposes, key prefixes, stored JSON, columns, token claims.
describe.each(databases)('data written by an earlier build, on $name', (kind) => {
  const opened: AsyncDisposable[] = []
  let database: Awaited<ReturnType<typeof kind.open>>
  let env: Record<string, string>
  let overrides: AppOverrides
  let api: RunningApi
  /** Requests that the API sent to WeChat during the current test. */
  const sent: { endpoint: string; accessToken: string | null }[] = []

  beforeAll(async () => {
    database = await kind.open()
    opened.push(database)
    await database.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    await database.pool.query(await readFile(fixture('database.sql'), 'utf8'))
    await database.migrate(migrationsDirectory)
    const useRedis = kind.name === 'PostgreSQL' && redisProgram !== undefined
    env = { ...clients.environment, ...(useRedis && { REDIS_URL: await loadRedis(redisProgram) }) }
    overrides = {
      database,
      clock: now,
      fetch: replyAsWeChat,
      ...(!useRedis && { keyValue: await loadMemory() }),
    }
    api = await startApi({ env, overrides })
    opened.push(api)
  })
  beforeEach(() => void sent.splice(0))
  afterAll(async () => {
    for (const one of opened.reverse()) await one[Symbol.asyncDispose]()
  })

  test('an access token of an earlier build is accepted', async () => {
    const { installationId, token, me } = clients.signedIn
    expect(await device(api, installationId).with(token).me.query()).toEqual(me)
  })

  test('sessions of an earlier build are listed with their device names', async () => {
    const { installationId, token, sessions } = clients.signedIn
    expect(await device(api, installationId).with(token).session.list.query()).toEqual({ sessions })
  })

  test('a refresh token of an earlier build is renewed, and its predecessor is honoured in the grace period', async () => {
    const { installationId, previous, current } = clients.renewed
    const { calls } = device(api, installationId)
    expect(await calls.session.renew.mutate(previous)).toEqual({
      ...current,
      expiresInSeconds: current.expiresInSeconds - MILLISECONDS_SINCE / 1_000,
    })
    const next = await calls.session.renew.mutate({ refreshToken: current.refreshToken })
    expect(next.refreshToken).not.toBe(current.refreshToken)
    expect(await failureOf(device(api, installationId).with(next.token).me.query())).toBe('none')
  })

  test('a refresh token that an earlier build has rotated twice is a replay', async () => {
    const { installationId, first, current } = clients.renewedTwice
    const { calls } = device(api, installationId)
    expect(await failureOf(calls.session.renew.mutate(first))).toBe('SESSION_ENDED')
    expect(await failureOf(calls.session.renew.mutate({ refreshToken: current.refreshToken }))).toBe(
      'SESSION_ENDED',
    )
    expect(await database.prisma.loginEvent.count({ where: { kind: 'replay' } })).toBe(1)
  })

  test('a repeated login gets the response of the earlier build without a request to WeChat', async () => {
    const { installationId, at, input, output } = clients.loggedIn
    expect(await device(api, installationId).calls.login.mutate(input)).toEqual(aged(output, at))
    expect(await failureOf(device(api, 'phone of a thief').calls.login.mutate(input))).toBe(
      'LOGIN_CODE_SPENT',
    )
    expect(sent).toEqual([])
  })

  test('a repeated resumption gets the response of the earlier build without a request to WeChat', async () => {
    const { installationId, at, input, output } = clients.resumed
    expect(await device(api, installationId).calls.session.resume.mutate(input)).toEqual(aged(output, at))
    expect(sent).toEqual([])
  })

  test('a login code prepared by an earlier build is not sent a second time, and works on its device alone', async () => {
    const { installationId, code } = clients.preparedResume
    const resume = (installation: string) => device(api, installation).calls.session.resume.mutate({ code })
    expect(await failureOf(resume('phone of a thief'))).toBe('LOGIN_CODE_SPENT')
    expect(await resume(installationId)).toMatchObject({
      isNew: false,
      member: clients.loggedIn.output.member,
    })
    expect(sent).toEqual([])
  })

  test('a login with a prepared code sends only the phone code, with the access token from the store', async () => {
    const { installationId, code, phoneCode } = clients.preparedLogin
    const output = await device(api, installationId).calls.login.mutate({ code, phoneCode })
    expect(output).toMatchObject({ isNew: false, member: clients.loggedIn.output.member })
    expect(sent).toEqual([{ endpoint: 'getuserphonenumber', accessToken: storedAccessToken() }])
  })

  test('a login that failed after both exchanges is completed without a request to WeChat', async () => {
    const { installationId, ...input } = clients.interrupted
    const { member } = clients.loggedIn.output
    // The phone number must come from the stored result.
    const where = { id: BigInt(member.id) }
    await database.prisma.familyMember.update({ where, data: { phone: '+8613900002046' } })
    const output = await device(api, installationId).calls.login.mutate(input)
    expect(output).toMatchObject({ isNew: false, member })
    expect(sent).toEqual([])
  })

  test('a first login that failed after both exchanges claims the row registered with its bound number', async () => {
    const { installationId, unionId, ...input } = clients.interruptedFirst
    const output = await device(api, installationId).calls.login.mutate(input)
    expect(output).toMatchObject({ isNew: false, nickName: 'Dave' })
    const id = BigInt(output.member.id)
    expect(await database.prisma.familyMember.findUnique({ where: { id } })).toMatchObject({ unionId })
    expect(sent).toEqual([])
  })

  test('a code that WeChat refused is refused alike without a request to WeChat', async () => {
    const { installationId, failure, ...input } = clients.refused
    expect(await failureOf(device(api, installationId).calls.login.mutate(input))).toBe(failure)
    expect(sent).toEqual([])
  })

  test('the result of an exchange is not used after the lifetime of its code', async () => {
    const { installationId, code } = clients.refused
    const clock = () => new Date(now().getTime() + CODE_LIFETIME_MS)
    await using later = await startApi({ env, overrides: { ...overrides, clock } })
    expect(await failureOf(device(later, installationId).calls.session.resume.mutate({ code }))).toBe(
      'LOGIN_CODE_SPENT',
    )
    expect(sent).toEqual([])
  })

  test('a login code whose exchange was cut off is spent', async () => {
    const { installationId, code } = clients.cutOff
    expect(await failureOf(device(api, installationId).calls.session.resume.mutate({ code }))).toBe(
      'LOGIN_CODE_SPENT',
    )
    expect(sent).toEqual([])
  })

  test('a member who was banned is refused with every credential', async () => {
    const { installationId, token, refreshToken, code } = clients.banned
    const phone = device(api, installationId)
    expect(await failureOf(phone.with(token).me.query())).toBe('MEMBER_BANNED')
    expect(await failureOf(phone.calls.session.renew.mutate({ refreshToken }))).toBe('MEMBER_BANNED')
    expect(await failureOf(phone.calls.session.resume.mutate({ code }))).toBe('MEMBER_BANNED')
  })

  test.each([
    ['revoked', clients.revoked, 'SESSION_REVOKED'],
    ['logged out', clients.loggedOut, 'SESSION_ENDED'],
  ])('a session that was %s stays ended', async (_name, { installationId, token, refreshToken }, failure) => {
    const phone = device(api, installationId)
    expect(await failureOf(phone.with(token).me.query())).toBe(failure)
    expect(await failureOf(phone.calls.session.renew.mutate({ refreshToken }))).toBe(failure)
  })

  test('an address has the same hash in the audit as before', async () => {
    const { prisma } = database
    const before = await prisma.loginEvent.count()
    await failureOf(
      device(api, clients.cutOff.installationId).calls.session.resume.mutate({ code: clients.cutOff.code }),
    )
    const events = await prisma.loginEvent.findMany()
    expect(events.length).toBe(before + 1)
    expect(new Set(events.map(({ addressHash }) => addressHash)).size).toBe(1)
  })

  /** WeChat's reply to a phone code; any other request fails. */
  async function replyAsWeChat(input: string | URL | Request): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input)
    const endpoint = String(url.pathname.split('/').at(-1))
    sent.push({ endpoint, accessToken: url.searchParams.get('access_token') })
    if (endpoint !== 'getuserphonenumber') throw new Error(`${endpoint} was requested`)
    const { purePhoneNumber } = clients.preparedLogin
    const watermark = {
      timestamp: Math.floor(now().getTime() / 1_000),
      appid: clients.environment.WECHAT_APP_ID,
    }
    const phone_info = { phoneNumber: purePhoneNumber, purePhoneNumber, countryCode: '86', watermark }
    return Response.json({ errcode: 0, errmsg: 'ok', phone_info })
  }

  async function loadRedis(program: string): Promise<string> {
    const server = await startRedis(program)
    opened.push(server)
    const redis = new Redis(server.url)
    for (const { key, value, ttlMs } of entries) await redis.set(key, value, 'PX', ttlMs + HOUR_MS) // Redis counts real time.
    redis.disconnect()
    return server.url
  }
})

async function loadMemory(): Promise<KeyValue> {
  const keyValue = createMemoryKeyValue({ clock: now })
  for (const { key, value, ttlMs } of entries)
    await keyValue.set(key.slice(REDIS_PREFIX.length), value, { ttlMs })
  return keyValue
}

/** A response of `at` as it is repeated `now`: its access token has less time left. */
function aged<T extends { expiresInSeconds: number }>(output: T, at: string): T {
  return { ...output, expiresInSeconds: output.expiresInSeconds - (now().getTime() - Date.parse(at)) / 1_000 }
}

function storedAccessToken(): string {
  const entry = entries.find(({ key }) => key.endsWith(':access-token'))
  const { value } = JSON.parse(entry?.value ?? expect.fail('no access token in redis.json')) as {
    value: string
  } // written by packages/wechat
  return value
}

function fixture(file: string): string {
  return path.join(import.meta.dirname, 'fixtures/before-rename', file)
}
