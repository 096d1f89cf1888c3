import { randomBytes, randomUUID } from 'node:crypto'
import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import type pg from 'pg'
import { openDatabase } from '../src/database/open-database.ts'
import { createLogger } from '../src/index.ts'
import { startApi } from '../test/_api.ts'
import { codesOf, device } from '../test/_device.ts'
import { median, printNote, printRatio } from './_figures.ts'

const ROUNDS = 5
const LOGINS = 200
const CONCURRENCY = 20

/**
 * Measures prepared logins of known members per second, with a WeChat that responds at once.
 *
 * The baseline is the rate of the statements that such a login writes, sent by `pg` from as many connections.
 */
export async function measureLogins(databaseUrl: string): Promise<void> {
  const names = Array.from({ length: 100 }, (_, i) => `person ${i}`)
  await using wechat = await startSandbox({
    people: names.map((name, i) => ({ name, phones: [`+86138${String(i).padStart(8, '0')}`] })),
  })
  await using database = await openDatabase(databaseUrl)
  await using api = await startApi({
    wechat,
    databaseUrl,
    overrides: { database, logger: createLogger('silent') },
  })
  const phone = device(api, 'phone')
  for (const name of names) await phone.login(wechat.person(name))

  const apiRates: number[] = []
  const baselineRates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    wechat.clock.advance(60_000) // WeChat limits calls per person and minute.
    const codePairs = Array.from({ length: LOGINS }, (_, i) => codesOf(personOf(wechat, names, i)))
    await inParallel(codePairs, ({ code }) => phone.calls.session.prepare.mutate({ code }))
    apiRates.push(await rate(codePairs, (codes) => phone.calls.login.mutate(codes)))
    baselineRates.push(await rate(codePairs, () => writeAsLogin(database.pool)))
  }
  const [apiRate, baselineRate] = [median(apiRates), median(baselineRates)]
  printNote(`${apiRate.toFixed(0)} logins a second, ${baselineRate.toFixed(0)} times the statements alone`)
  printRatio('logins a second, against the rate of the statements alone', apiRate / baselineRate, {
    atLeast: 0.5,
  })
}

function personOf(wechat: Sandbox, names: readonly string[], at: number) {
  return wechat.person(names[at % names.length] ?? '')
}

/** Writes the rows of a login of a known member in one transaction: a session and an event. */
async function writeAsLogin(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  const id = randomUUID()
  const hash = () => randomBytes(32).toString('base64url')
  const at = new Date()
  try {
    await client.query('BEGIN')
    await client.query(
      `INSERT INTO login_session (id, member_id, login_key, repeat_key, is_first, installation_hash, refresh_hash, salt,
        key_id, started_at, rotated_at, last_used_at, expires_at) VALUES ($1, 1, $2, $3, false, $4, $5, $6, 'key', $7, $7, $7, $7)`,
      [id, hash(), hash(), hash(), hash(), hash(), at],
    )
    await client.query(
      `INSERT INTO login_event (at, kind, member_id, session_id, address_hash, request_id) VALUES ($1, 'login', 1, $2, $3, $4)`,
      [at, id, hash(), id],
    )
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

/** Calls `fn` for each item. Returns the calls per second. */
async function rate<T>(items: readonly T[], fn: (item: T) => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await inParallel(items, fn)
  return (items.length * 1_000) / (performance.now() - start)
}

async function inParallel<T>(items: readonly T[], fn: (item: T) => Promise<unknown>): Promise<void> {
  const remaining = items.values()
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const item of remaining) await fn(item)
    }),
  )
}
