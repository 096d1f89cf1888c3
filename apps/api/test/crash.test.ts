import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../src/database/open-database.ts'
import { createApiEnv, failureOf, startApi } from './_api.ts'
import { bundleScript, startChild } from './_child.ts'
import { type CrashPoint, crashPoints } from './_crash-points.ts'
import { type DatabaseLocation, databases, type TestDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { type RecordingProxy, startRecordingProxy } from './_recording-proxy.ts'
import { findRedisServer, type RedisServer, startRedis } from './_redis.ts'

/** Longer than an instance waits for the exchange of another one before it assumes that the instance has crashed. */
const LATER_MS = 20_000
const SUCCESS = 'success'

/** The result of the same login repeated by the same client, where the claims of codes outlive the process. */
const outcomes: Record<CrashPoint, string> = {
  'before the claim of the login code': SUCCESS,
  'after the claim of the login code': 'LOGIN_CODE_SPENT',
  'before jscode2session': 'LOGIN_CODE_SPENT',
  'after jscode2session': 'LOGIN_CODE_SPENT',
  'before the claim of the phone code': SUCCESS,
  'after the claim of the phone code': 'PHONE_CODE_INVALID',
  'before getuserphonenumber': 'PHONE_CODE_INVALID',
  'after getuserphonenumber': 'PHONE_CODE_INVALID',
  'at the start of the transaction': SUCCESS,
  'after the member is written': SUCCESS,
  'after the session is written': SUCCESS,
  'before the commit': SUCCESS,
  'after the commit': SUCCESS,
}

const redisProgram = findRedisServer()
const crashBackends: { name: string; database: TestDatabase; redis?: string }[] = databases.flatMap(
  (database) => {
    if (database.name === 'PGlite') return [{ name: 'PGlite and memory', database }]
    return redisProgram === undefined ? [] : [{ name: 'PostgreSQL and Redis', database, redis: redisProgram }]
  },
)

let script: string
beforeAll(async () => {
  script = await bundleScript('test/_child-api.ts')
})

describe.each(crashBackends)('an instance on $name', (backend) => {
  let wechat: Sandbox
  let proxy: RecordingProxy
  let location: DatabaseLocation
  let redis: RedisServer | undefined
  let env: Record<string, string>

  beforeAll(async () => {
    wechat = await startSandbox()
    proxy = await startRecordingProxy(wechat)
    location = await backend.database.create()
    redis = backend.redis === undefined ? undefined : await startRedis(backend.redis)
    env = createApiEnv(wechat, {
      DATABASE_URL: location.url,
      WECHAT_BASE_URL: proxy.url,
      ...(redis && { REDIS_URL: redis.url }),
    })
  })
  afterAll(async () => {
    for (const opened of [redis, location, proxy, wechat]) await opened?.[Symbol.asyncDispose]()
  })

  test.each(crashPoints)(
    'a crash %s leaves no rows or a complete account, and the login can be repeated',
    async (crashPoint) => {
      const person = wechat.addPerson({ name: `crashes ${crashPoint}`, phones: ['13800138000'] })
      const codes = codesOf(person)
      await using child = startChild(script, { args: [JSON.stringify({ env, crashPoint })] })
      const url = await child.waitForLine((line) => (line.startsWith('http') ? line : undefined))
      await expect(device({ url }, 'phone').calls.login.mutate(codes)).rejects.toThrow('fetch failed')
      expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })

      await using database = await openDatabase(location.url)
      const isComplete = crashPoint === 'after the commit'
      expect(await accountOf(person.openId, database)).toEqual(isComplete ? complete : nothing)

      await using api = await startApi({
        wechat,
        env,
        overrides: { database, clock: () => new Date(Date.now() + LATER_MS) },
      })
      const phone = device(api, 'phone')
      const repeated = phone.calls.login.mutate(codes)
      const outcome = await repeated.then(
        () => SUCCESS,
        () => failureOf(repeated),
      )
      const timesSent = [codes.code, codes.phoneCode].map((code) => proxy.timesCodeSent(code))
      if (redis) {
        expect(outcome).toBe(outcomes[crashPoint])
        for (const times of timesSent) expect(times).toBeLessThanOrEqual(1)
      } else {
        // The claims died with the process: WeChat refuses a code that is sent twice, and the person needs new codes.
        const wasSpent = timesSent.some((times) => times > 1)
        expect(outcome).toBe(wasSpent ? 'LOGIN_CODE_SPENT' : SUCCESS)
      }

      await phone.login(person)
      const sessions = outcome === SUCCESS ? 2 : 1
      expect(await accountOf(person.openId, database)).toEqual({ ...complete, sessions, logins: sessions })
    },
  )
})

const nothing = { members: 0, phones: 0, sessions: 0, logins: 0 }
const complete = { members: 1, phones: 1, sessions: 1, logins: 1 }

/** Counts the rows of each kind that belong to a WeChat account. */
async function accountOf(openId: string, { pool }: Database): Promise<typeof nothing> {
  await expect.poll(() => openTransactions(pool)).toBe(0) // PostgreSQL notices the crash of a client with a delay.
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
