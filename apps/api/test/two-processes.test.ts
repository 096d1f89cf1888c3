import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiEnv } from './_api.ts'
import { bundleScript, type Child, startChild } from './_child.ts'
import { type DatabaseLocation, databases } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { type RecordingProxy, startRecordingProxy } from './_recording-proxy.ts'
import { findRedisServer, type RedisServer, startRedis } from './_redis.ts'

const postgres = databases.find(({ name }) => name === 'PostgreSQL')
const redisProgram = findRedisServer()

describe.skipIf(!postgres || redisProgram === undefined)(
  postgres && redisProgram !== undefined
    ? 'two processes on one PostgreSQL and one Redis'
    : 'two processes on one PostgreSQL and one Redis: not run, because one of the two is not installed',
  () => {
    let wechat: Sandbox
    let proxy: RecordingProxy
    let location: DatabaseLocation
    let redis: RedisServer
    let children: [Child, Child]
    let urls: [{ url: string }, { url: string }]

    beforeAll(async () => {
      if (!postgres) return
      wechat = await startSandbox()
      proxy = await startRecordingProxy(wechat)
      location = await postgres.create()
      redis = await startRedis(redisProgram ?? '')
      const env = createApiEnv(wechat, {
        DATABASE_URL: location.url,
        REDIS_URL: redis.url,
        WECHAT_BASE_URL: proxy.url,
      })
      const script = await bundleScript('test/_child-api.ts')
      const start = () => startChild(script, { args: [JSON.stringify({ env })] })
      children = [start(), start()]
      const urlOf = async (child: Child) => ({
        url: await child.waitForLine((line) => (line.startsWith('http') ? line : undefined)),
      })
      urls = [await urlOf(children[0]), await urlOf(children[1])]
    })
    afterAll(async () => {
      const opened = [...(children ?? []), redis, location, proxy, wechat]
      for (const resource of opened) await resource?.[Symbol.asyncDispose]()
    })

    test('fifty concurrent first logins of one person at both create one member and fetch one access token', async () => {
      const alice = wechat.person('alice')
      const outputs = await Promise.all(
        Array.from({ length: 50 }, (_, turn) => device(urls[turn % 2 ? 1 : 0], `phone ${turn}`).login(alice)),
      )
      expect(new Set(outputs.map(({ member }) => member.id)).size).toBe(1)
      expect(outputs.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await count('family_member')).toBe(1)
      expect(await count('member_phone')).toBe(1)
      expect(await count('login_session')).toBe(50)
      expect(proxy.countRequests('stable_token')).toBe(1)

      for (const { token, member } of outputs)
        expect(await device(urls[0], 'any').with(token).me.query()).toEqual(member)
    })

    test('a login sent to both at once gets one response and one exchange with WeChat', async () => {
      for (let run = 0; run < 10; run += 1) {
        const codes = codesOf(wechat.person('bob'))
        const outputs = await Promise.all(urls.map((url) => device(url, 'phone').calls.login.mutate(codes)))
        const [first, second] = outputs.map((output) => ({ ...output, expiresInSeconds: 0 }))
        expect(first).toEqual(second)
        expect(proxy.timesCodeSent(codes.code)).toBe(1)
        expect(proxy.timesCodeSent(codes.phoneCode)).toBe(1)
      }
    })

    test('a login prepared at one process is completed at the other', async () => {
      const codes = codesOf(wechat.person('carol'))
      await device(urls[0], 'phone').calls.session.prepare.mutate({ code: codes.code })
      await device(urls[1], 'phone').calls.login.mutate(codes)
      expect(proxy.timesCodeSent(codes.code)).toBe(1)
    })

    test('a session ended at one process is refused at the other with the next request', async () => {
      const phone = device(urls[0], 'phone')
      const { token } = await phone.login(wechat.person('carol'))
      await device(urls[1], 'phone').with(token).session.logout.mutate()
      await expect(phone.with(token).me.query()).rejects.toThrow('SESSION_ENDED')
    })

    test('a renewal sent to both at once gets one pair of tokens', async () => {
      const phone = device(urls[0], 'phone')
      const { refreshToken } = await phone.login(wechat.person('carol'))
      const renewals = urls.map((url) => device(url, 'phone').calls.session.renew.mutate({ refreshToken }))
      const [first, second] = await Promise.all(renewals)
      expect(first?.refreshToken).toBe(second?.refreshToken)
    })

    async function count(table: string): Promise<number> {
      const client = new pg.Client(location.url)
      await client.connect()
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`)
      await client.end()
      return rows[0]?.count ?? 0
    }
  },
)
