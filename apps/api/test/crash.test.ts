import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../src/database/open-database.ts'
import { apiEnvironment, failureOf, startApi } from './_api.ts'
import { bundle, startChild } from './_child.ts'
import { type Step, steps } from './_child-steps.ts'
import { type DatabasePlace, databases, type TestDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { startWitness, type Witness } from './_recording-proxy.ts'
import { findRedis, type RedisServer, startRedis } from './_redis.ts'

/** Longer than an instance waits for another one that asks WeChat: then the other is held for dead. */
const LATER_MS = 20_000
const ANSWERED = 'an answer'

/** What the same client gets that repeats the same login afterwards, where the claims of codes outlive the process. */
const outcomes: Record<Step, string> = {
  'before the claim of the login code': ANSWERED,
  'after the claim of the login code': 'LOGIN_CODE_SPENT',
  'before jscode2session': 'LOGIN_CODE_SPENT',
  'after jscode2session': 'LOGIN_CODE_SPENT',
  'before the claim of the phone code': ANSWERED,
  'after the claim of the phone code': 'PHONE_CODE_INVALID',
  'before getuserphonenumber': 'PHONE_CODE_INVALID',
  'after getuserphonenumber': 'PHONE_CODE_INVALID',
  'at the beginning of the transaction': ANSWERED,
  'after the member is written': ANSWERED,
  'after the session is written': ANSWERED,
  'before the commit': ANSWERED,
  'after the commit': ANSWERED,
}

const redisProgram = findRedis()
const grounds: { name: string; database: TestDatabase; redis?: string }[] = databases.flatMap((database) => {
  if (database.name === 'PGlite') return [{ name: 'PGlite and memory', database }]
  return redisProgram === undefined ? [] : [{ name: 'PostgreSQL and Redis', database, redis: redisProgram }]
})

let script: string
beforeAll(async () => {
  script = await bundle('test/_child-api.ts')
})

describe.each(grounds)('an instance on $name that is killed', (ground) => {
  let wechat: Sandbox
  let witness: Witness
  let place: DatabasePlace
  let redis: RedisServer | undefined
  let environment: Record<string, string>

  beforeAll(async () => {
    wechat = await startSandbox()
    witness = await startWitness(wechat)
    place = await ground.database.make()
    redis = ground.redis === undefined ? undefined : await startRedis(ground.redis)
    environment = apiEnvironment(wechat, {
      DATABASE_URL: place.url,
      WECHAT_BASE_URL: witness.url,
      ...(redis && { REDIS_URL: redis.url }),
    })
  })
  afterAll(async () => {
    for (const opened of [redis, place, witness, wechat]) await opened?.[Symbol.asyncDispose]()
  })

  test.each(steps)('%s leaves nothing or a whole account, and the login can be repeated', async (diesAt) => {
    const person = wechat.addPerson({ name: `who meets death ${diesAt}`, phones: ['13800138000'] })
    const codes = codesOf(person)
    await using child = startChild(script, { args: [JSON.stringify({ environment, diesAt })] })
    const url = await child.says((line) => (line.startsWith('http') ? line : undefined))
    await expect(device({ url }, 'phone').calls.login.mutate(codes)).rejects.toThrow('fetch failed')
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' })

    await using database = await openDatabase(place.url)
    const isWhole = diesAt === 'after the commit'
    expect(await accountOf(person.openId, database)).toEqual(isWhole ? whole : nothing)

    await using api = await startApi({
      wechat,
      environment,
      seams: { database, clock: () => new Date(Date.now() + LATER_MS) },
    })
    const phone = device(api, 'phone')
    const repeated = phone.calls.login.mutate(codes)
    const outcome = await repeated.then(
      () => ANSWERED,
      () => failureOf(repeated),
    )
    const timesSent = [codes.code, codes.phoneCode].map((code) => witness.timesSent(code))
    if (redis) {
      expect(outcome).toBe(outcomes[diesAt])
      for (const times of timesSent) expect(times).toBeLessThanOrEqual(1)
    } else {
      // The claims died with the process: WeChat itself refuses the second sending, and the person takes new codes.
      const wasSpent = timesSent.some((times) => times > 1)
      expect(outcome).toBe(wasSpent ? 'LOGIN_CODE_SPENT' : ANSWERED)
    }

    await phone.login(person)
    const sessions = outcome === ANSWERED ? 2 : 1
    expect(await accountOf(person.openId, database)).toEqual({ ...whole, sessions, logins: sessions })
  })
})

const nothing = { members: 0, phones: 0, sessions: 0, logins: 0 }
const whole = { members: 1, phones: 1, sessions: 1, logins: 1 }

/** How many rows of each kind there are for a WeChat account. */
async function accountOf(openId: string, { pool }: Database): Promise<typeof nothing> {
  await expect.poll(() => openTransactions(pool)).toBe(0) // PostgreSQL learns of a client's death in a moment
  const { rows } = await pool.query<typeof nothing>(
    `WITH members AS (SELECT id FROM family_member WHERE open_id = $1)
     SELECT (SELECT count(*) FROM members)::int AS members,
            (SELECT count(*) FROM member_phone WHERE member_id IN (TABLE members))::int AS phones,
            (SELECT count(*) FROM login_session WHERE member_id IN (TABLE members))::int AS sessions,
            (SELECT count(*) FROM login_event WHERE member_id IN (TABLE members) AND kind = 'login')::int AS logins`,
    [openId],
  )
  return rows[0] ?? nothing
}

async function openTransactions(pool: Database['pool']): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
  )
  return rows[0]?.count ?? 0
}
