import { describe, expect, inject, test, vi } from 'vitest'
import { openDatabase } from '../src/database/open-database.ts'
import { databases, shareDatabase } from './_databases.ts'

const postgres = inject('postgres')
const missing = 'missing' in postgres ? postgres.missing : undefined

// The name gives the reason: it is what the list of skipped tests shows.
test.skipIf(missing && process.env.KINPASS_REQUIRE_ALL !== '1')(
  `PostgreSQL ${missing ? `is not tested on: ${missing}` : 'is tested on'}`,
  () => expect(missing).toBeUndefined(),
)

for (const database of databases) {
  describe(`the database on ${database.name}`, () => {
    const db = shareDatabase(database)

    test('update_time changes with each update, also with two in one transaction', async () => {
      const times = await db().prisma.$transaction(async ({ familyMember }) => {
        const { id, updateTime } = await familyMember.create({ data: { phone: '+8613800138000' } })
        const seen = [updateTime.getTime()]
        for (const remark of ['first', 'second']) {
          while (Date.now() === seen.at(-1)); // the column counts milliseconds
          seen.push((await familyMember.update({ where: { id }, data: { remark } })).updateTime.getTime())
        }
        return seen
      })
      expect(new Set(times).size).toBe(3)
    })

    test('update_time changes when a row is changed behind the service', async () => {
      await db().pool.query(
        `INSERT INTO family_member (phone, update_time) VALUES ('+8613800138000', '2020-01-01T00:00:00Z')`,
      )
      await db().pool.query(
        `UPDATE family_member SET remark = 'by hand', update_time = '2020-01-01T00:00:00Z'`,
      )
      const { updateTime } = await db().prisma.familyMember.findFirstOrThrow()
      expect(updateTime.getFullYear()).toBeGreaterThan(2020)
    })

    test('every column tells in the database what it holds', async () => {
      const { rows } = await db().pool.query(`
      SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
        AND attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL`)
      expect(rows).toEqual([])
    })

    test('a gender other than 0 and 1 and a status of another name are refused', async () => {
      const { familyMember } = db().prisma
      await expect(familyMember.create({ data: { phone: '1', gender: 2 } })).rejects.toThrow('gender_check')
      const frozen = db().pool.query(`INSERT INTO family_member (phone, status) VALUES ('1', 'frozen')`)
      await expect(frozen).rejects.toThrow('member_status')
    })

    test('an instant is stored as itself, whatever zone the database lives in', async () => {
      await using place = await database.create()
      await inShanghai(place.url)
      await using db = await openDatabase(place.url)
      const deletedAt = new Date('2026-02-03T04:05:06.789Z')
      await db.prisma.familyMember.create({ data: { phone: '+8613800138000', deletedAt } })
      const { rows } = await db.pool.query(
        'SELECT extract(epoch FROM deleted_at) * 1000 AS ms FROM family_member',
      )
      expect(Number(rows[0].ms)).toBe(deletedAt.getTime())
    })

    test('a connection that breaks off in a transaction leaves no trace', async () => {
      const client = await db().pool.connect()
      await client.query('BEGIN')
      await client.query(`INSERT INTO family_member (phone) VALUES ('+8613800138000')`)
      client.release(true)
      expect(await db().prisma.familyMember.count()).toBe(0)
    })

    // PGlite runs in this process: its connection cannot be cut.
    if (database.name === 'PostgreSQL') {
      test('connections that are cut are told of and replaced', async () => {
        const lost: string[] = []
        await using other = await openDatabase(db().url, {
          onConnectionLost: (error) => lost.push(error.message),
        })
        await Promise.all([other.pool.query('SELECT 1'), other.pool.query('SELECT 1')])
        const cut = other.pool.totalCount
        await db().pool.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
        )
        await vi.waitFor(() => expect(lost.length).toBeGreaterThanOrEqual(cut))
        expect(await other.prisma.familyMember.count()).toBe(0)
      })
    }

    test('a failing statement does not disturb the others', async () => {
      const asked = Array.from({ length: 40 }, (_, i) =>
        db().pool.query(i % 4 === 0 ? 'SELEC 1' : `SELECT ${i} AS i`),
      )
      const answers = await Promise.allSettled(asked)
      const seen = answers.map((answer) =>
        answer.status === 'fulfilled' ? answer.value.rows[0].i : 'refused',
      )
      expect(seen).toEqual(asked.map((_, i) => (i % 4 === 0 ? 'refused' : i)))
    })
  })
}

async function inShanghai(url: string): Promise<void> {
  await using db = await openDatabase(url)
  const { rows } = await db.pool.query('SELECT current_database() AS name')
  await db.pool.query(`ALTER DATABASE ${rows[0].name} SET TimeZone = 'Asia/Shanghai'`)
}
