import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiEnvironment } from './_api.ts'
import { bundle, type Child, startChild } from './_child.ts'
import { type DatabasePlace, databases } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { startWitness, type Witness } from './_recording-proxy.ts'
import { findRedis, type RedisServer, startRedis } from './_redis.ts'

const postgres = databases.find(({ name }) => name === 'PostgreSQL')
const redisProgram = findRedis()

describe.skipIf(!postgres || redisProgram === undefined)(
  postgres && redisProgram !== undefined
    ? 'two processes on one PostgreSQL and one Redis'
    : 'two processes on one PostgreSQL and one Redis: not run, because one of the two is not installed',
  () => {
    let wechat: Sandbox
    let witness: Witness
    let place: DatabasePlace
    let redis: RedisServer
    let children: [Child, Child]
    let urls: [{ url: string }, { url: string }]

    beforeAll(async () => {
      if (!postgres) return
      wechat = await startSandbox()
      witness = await startWitness(wechat)
      place = await postgres.make()
      redis = await startRedis(redisProgram ?? '')
      const environment = apiEnvironment(wechat, {
        DATABASE_URL: place.url,
        REDIS_URL: redis.url,
        WECHAT_BASE_URL: witness.url,
      })
      const script = await bundle('test/_child-api.ts')
      const start = () => startChild(script, { args: [JSON.stringify({ environment })] })
      children = [start(), start()]
      const addressOf = async (child: Child) => ({
        url: await child.says((line) => (line.startsWith('http') ? line : undefined)),
      })
      urls = [await addressOf(children[0]), await addressOf(children[1])]
    })
    afterAll(async () => {
      const opened = [...(children ?? []), redis, place, witness, wechat]
      for (const one of opened) await one?.[Symbol.asyncDispose]()
    })

    test('fifty first logins of one person, spread over both, are fifty good answers, one row and one access token', async () => {
      const alice = wechat.person('alice')
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, turn) => device(urls[turn % 2 ? 1 : 0], `phone ${turn}`).login(alice)),
      )
      expect(new Set(answers.map(({ member }) => member.id)).size).toBe(1)
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await count('family_member')).toBe(1)
      expect(await count('member_phone')).toBe(1)
      expect(await count('login_session')).toBe(50)
      expect(witness.calls('stable_token')).toBe(1)

      for (const { token, member } of answers)
        expect(await device(urls[0], 'any').with(token).me.query()).toEqual(member)
    })

    test('the same login sent to both at once gets the same answer, by one exchange at WeChat', async () => {
      for (let time = 0; time < 10; time += 1) {
        const codes = codesOf(wechat.person('bob'))
        const answers = await Promise.all(urls.map((url) => device(url, 'phone').calls.login.mutate(codes)))
        const [first, second] = answers.map((answer) => ({ ...answer, expiresInSeconds: 0 }))
        expect(first).toEqual(second)
        expect(witness.timesSent(codes.code)).toBe(1)
        expect(witness.timesSent(codes.phoneCode)).toBe(1)
      }
    })

    test('a login prepared at one is finished at the other', async () => {
      const codes = codesOf(wechat.person('carol'))
      await device(urls[0], 'phone').calls.session.prepare.mutate({ code: codes.code })
      await device(urls[1], 'phone').calls.login.mutate(codes)
      expect(witness.timesSent(codes.code)).toBe(1)
    })

    test('a session ended at one is refused at the other with the next request', async () => {
      const here = device(urls[0], 'phone')
      const { token } = await here.login(wechat.person('carol'))
      await device(urls[1], 'phone').with(token).session.logout.mutate()
      await expect(here.with(token).me.query()).rejects.toThrow('SESSION_ENDED')
    })

    test('one renewal sent to both at once gets one pair of tokens', async () => {
      const here = device(urls[0], 'phone')
      const { refreshToken } = await here.login(wechat.person('carol'))
      const renewals = urls.map((url) => device(url, 'phone').calls.session.renew.mutate({ refreshToken }))
      const [first, second] = await Promise.all(renewals)
      expect(first?.refreshToken).toBe(second?.refreshToken)
    })

    async function count(table: string): Promise<number> {
      const client = new pg.Client(place.url)
      await client.connect()
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`)
      await client.end()
      return rows[0]?.count ?? 0
    }
  },
)
