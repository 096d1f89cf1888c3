import { randomBytes, randomUUID } from 'node:crypto'
import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import type pg from 'pg'
import { openDatabase } from '../src/database/open-database.ts'
import { createLogger } from '../src/index.ts'
import { startApi } from '../test/_api.ts'
import { codesOf, device } from '../test/_device.ts'
import { median, note, print } from './_figures.ts'

const rounds = 5
const logins = 200
const atOnce = 20

/**
 * Logins a second of known members, prepared, WeChat answering at once, against the rate at which the database takes the
 * statements that such a login must write, sent by `pg` from as many connections.
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

  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) {
    wechat.clock.advance(60_000) // WeChat counts calls per person and minute
    const visits = Array.from({ length: logins }, (_, i) => codesOf(personOf(wechat, names, i)))
    await inParallel(visits, ({ code }) => phone.calls.session.prepare.mutate({ code }))
    ours.push(await rate(visits, (codes) => phone.calls.login.mutate(codes)))
    bare.push(await rate(visits, () => writeAsLogin(database.pool)))
  }
  const [rateOurs, rateBare] = [median(ours), median(bare)]
  note(`${rateOurs.toFixed(0)} logins a second, ${rateBare.toFixed(0)} times the statements alone`)
  print('logins a second, against the rate of the statements alone', rateOurs / rateBare, { atLeast: 0.5 })
}

function personOf(wechat: Sandbox, names: readonly string[], at: number) {
  return wechat.person(names[at % names.length] ?? '')
}

/** What a login of a known member must write: a session and an event, in one transaction. */
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

/** How many of these a second. */
async function rate<T>(these: readonly T[], deed: (one: T) => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await inParallel(these, deed)
  return (these.length * 1_000) / (performance.now() - start)
}

async function inParallel<T>(these: readonly T[], deed: (one: T) => Promise<unknown>): Promise<void> {
  const left = these.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of left) await deed(one)
    }),
  )
}
