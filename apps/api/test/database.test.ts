import { describe, expect, inject, test } from 'vitest'
import { openDatabase } from '../src/database/open-database.ts'
import { databases, shareDatabase } from './_databases.ts'

const postgres = inject('postgres')
const missing = 'missing' in postgres ? postgres.missing : undefined

// The list of skipped tests shows the title, so the title contains the reason.
test.skipIf(missing && process.env.KINPASS_REQUIRE_ALL !== '1')(
  missing ? `the tests do not run on PostgreSQL: ${missing}` : 'the tests run on PostgreSQL',
  () => expect(missing).toBeUndefined(),
)

for (const database of databases) {
  describe(`the database on ${database.name}`, () => {
    const db = shareDatabase(database)

    test('update_time changes with each update, also with two in one transaction', async () => {
      const times = await db().prisma.$transaction(async ({ familyMember }) => {
        const { id, updateTime } = await familyMember.create({ data: { phone: '+8613800138000' } })
        const recorded = [updateTime.getTime()]
        for (const remark of ['first', 'second']) {
          while (Date.now() <= (recorded.at(-1) ?? 0)); // The column is rounded to milliseconds, perhaps up.
          recorded.push((await familyMember.update({ where: { id }, data: { remark } })).updateTime.getTime())
        }
        return recorded
      })
      expect(new Set(times).size).toBe(3)
    })

    test('update_time changes when another program updates a row', async () => {
      await db().pool.query(
        `INSERT INTO family_member (phone, update_time) VALUES ('+8613800138000', '2020-01-01T00:00:00Z')`,
      )
      await db().pool.query(
        `UPDATE family_member SET remark = 'by hand', update_time = '2020-01-01T00:00:00Z'`,
      )
      const { updateTime } = await db().prisma.familyMember.findFirstOrThrow()
      expect(updateTime.getFullYear()).toBeGreaterThan(2020)
    })

    test('every column has a comment in the database', async () => {
      const { rows } = await db().pool.query(`
      SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
        AND attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL`)
      expect(rows).toEqual([])
    })

    test('a gender other than 0 and 1 and a status of another name are refused', async () => {
      const { familyMember } = db().prisma
      await expect(familyMember.create({ data: { phone: '1', gender: 2 } })).rejects.toThrow('gender_check')
      const unknownStatus = db().pool.query(
        `INSERT INTO family_member (phone, status) VALUES ('1', 'frozen')`,
      )
      await expect(unknownStatus).rejects.toThrow('member_status')
    })

    test('an instant is stored unchanged in a database of another time zone', async () => {
      await using location = await database.create()
      await setTimeZoneToShanghai(location.url)
      await using db = await openDatabase(location.url)
      const deletedAt = new Date('2026-02-03T04:05:06.789Z')
      await db.prisma.familyMember.create({ data: { phone: '+8613800138000', deletedAt } })
      const { rows } = await db.pool.query(
        'SELECT extract(epoch FROM deleted_at) * 1000 AS ms FROM family_member',
      )
      expect(Number(rows[0].ms)).toBe(deletedAt.getTime())
    })

    test('a connection that ends inside a transaction leaves no row', async () => {
      const client = await db().pool.connect()
      await client.query('BEGIN')
      await client.query(`INSERT INTO family_member (phone) VALUES ('+8613800138000')`)
      client.release(true)
      expect(await db().prisma.familyMember.count()).toBe(0)
    })

    // PGlite runs in this process: its connection cannot be cut.
    if (database.name === 'PostgreSQL') {
      test('terminated connections are reported and replaced', async () => {
        const lost: string[] = []
        await using other = await openDatabase(db().url, {
          onConnectionLost: (error) => lost.push(error.message),
        })
        await Promise.all([other.pool.query('SELECT 1'), other.pool.query('SELECT 1')])
        const terminated = other.pool.totalCount
        await db().pool.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
        )
        await expect.poll(() => lost.length).toBeGreaterThanOrEqual(terminated)
        expect(await other.prisma.familyMember.count()).toBe(0)
      })
    }

    test('a failing statement does not affect the others', async () => {
      const queries = Array.from({ length: 40 }, (_, i) =>
        db().pool.query(i % 4 === 0 ? 'SELEC 1' : `SELECT ${i} AS i`),
      )
      const results = await Promise.allSettled(queries)
      const values = results.map((result) =>
        result.status === 'fulfilled' ? result.value.rows[0].i : 'refused',
      )
      expect(values).toEqual(queries.map((_, i) => (i % 4 === 0 ? 'refused' : i)))
    })
  })
}

async function setTimeZoneToShanghai(url: string): Promise<void> {
  await using db = await openDatabase(url)
  const { rows } = await db.pool.query('SELECT current_database() AS name')
  await db.pool.query(`ALTER DATABASE ${rows[0].name} SET TimeZone = 'Asia/Shanghai'`)
}
