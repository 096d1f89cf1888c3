import { cpSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { generateMigration } from '../prisma/generate-migration.ts'
import { openSchemaEngine } from '../prisma/open-schema-engine.ts'
import { readMigrations } from '../prisma/read-migrations.ts'
import { MigrationFailedError, migrate } from '../src/database/migrate.ts'
import { databases, shareDatabase } from './_databases.ts'

const folder = path.resolve(import.meta.dirname, '../prisma/migrations')
const schema = await readFile(path.resolve(import.meta.dirname, '../prisma/schema.prisma'), 'utf8')
const everything = { externalTables: [], externalEnums: [] }

describe('schema.prisma', () => {
  test('is where the migrations lead to', async () => {
    const next = await generateMigration('nothing', schema, await readMigrations(folder))
    expect(next.migrationScript).toBeNull()
  })

  test('is told from migrations that lack one of its columns', async () => {
    const wider = schema.replace('  remark ', '  nickname String? @db.VarChar(100)\n  remark ')
    const next = await generateMigration('add_nickname', wider, await readMigrations(folder))
    expect(next.migrationScript).toContain('ADD COLUMN     "nickname" VARCHAR(100)')
    expect(next.generatedMigrationName).toMatch(/^\d{14}_add_nickname$/)
  })

  test('is followed by a warning where data would be lost', async () => {
    const narrower = schema.replace(/^ {2}remark .*$/m, '')
    const next = await generateMigration('drop_remark', narrower, await readMigrations(folder))
    expect(next.migrationScript).toContain('All the data in the column will be lost')
  })
})

for (const database of databases) {
  describe(`migrating on ${database.name}`, () => {
    const db = shareDatabase(database)
    beforeEach(() => db().pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))
    const names = async () => (await readMigrations(folder)).migrationDirectories.map(({ path }) => path)

    test('an empty database gets every migration, once', async () => {
      expect(await migrate(db().pool, folder)).toEqual(await names())
      expect(await migrate(db().pool, folder)).toEqual([])
    })

    test('of five instances that start at once, one migrates and the others wait', async () => {
      const results = await Promise.all(Array.from({ length: 5 }, () => migrate(db().pool, folder)))
      expect(results.filter((applied) => applied.length > 0)).toEqual([await names()])
    })

    test("Prisma's engine accepts what was migrated here", async () => {
      await migrate(db().pool, folder)
      await using opened = await openSchemaEngine(db().pool)
      const migrationsList = await readMigrations(folder)
      const diagnosis = await opened.engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: true,
        filters: everything,
      })
      expect(diagnosis).toMatchObject({ editedMigrationNames: [], failedMigrationNames: [], history: null })
      const advice = await opened.engine.devDiagnostic({ migrationsList, filters: everything })
      expect(advice).toEqual({ action: { tag: 'createMigration' } }) // anything else tells of drift
    })

    test("what Prisma's engine has migrated is accepted here", async () => {
      await using opened = await openSchemaEngine(db().pool)
      await opened.engine.applyMigrations({
        migrationsList: await readMigrations(folder),
        filters: everything,
      })
      expect(await migrate(db().pool, folder)).toEqual([])
    })

    test('a migration of a later release is left alone', async () => {
      await using later = await copyWith('20990101000000_later', 'CREATE TABLE later (id INT);')
      await migrate(db().pool, later.folder)
      expect(await migrate(db().pool, folder)).toEqual([])
    })

    test('a migration that fails is undone, put on the books and tried again once it is mended', async () => {
      const name = '20990101000000_broken'
      await using broken = await copyWith(
        name,
        'CREATE TABLE half (id INT);\nALTER TABLE nowhere ADD COLUMN x INT;',
      )
      const failing = migrate(db().pool, broken.folder)
      await expect(failing).rejects.toThrow(MigrationFailedError)
      await expect(failing).rejects.toThrow(
        'migration 20990101000000_broken failed and was rolled back: relation "nowhere" does not exist',
      )
      expect(await tables(db().pool)).not.toContain('half')
      const { rows } = await db().pool.query('SELECT * FROM _prisma_migrations WHERE migration_name = $1', [
        name,
      ])
      expect(rows).toMatchObject([{ finished_at: null, applied_steps_count: 0 }])
      expect(rows[0].logs).toContain('nowhere')

      await writeFile(path.join(broken.folder, name, 'migration.sql'), 'CREATE TABLE whole (id INT);')
      expect(await migrate(db().pool, broken.folder)).toEqual([name])
      await using opened = await openSchemaEngine(db().pool)
      const diagnosis = await opened.engine.diagnoseMigrationHistory({
        migrationsList: await readMigrations(broken.folder),
        optInToShadowDatabase: false,
        filters: everything,
      })
      expect(diagnosis).toMatchObject({ failedMigrationNames: [], editedMigrationNames: [], history: null })
    })

    // PGlite runs in this process: its connection cannot be cut.
    if (database.name === 'PostgreSQL') {
      test('a migration whose connection is cut is told, leaves nothing and is tried again', async () => {
        const name = '20990101000000_slow'
        await using slow = await copyWith(name, 'CREATE TABLE half (id INT); SELECT pg_sleep(600);')
        const cut = expect(migrate(db().pool, slow.folder)).rejects.toThrow(`migration ${name} failed`)
        await vi.waitFor(async () => {
          const { rowCount } = await db().pool.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'`,
          )
          expect(rowCount).toBe(1)
        })
        await cut
        expect(await tables(db().pool)).not.toContain('half')
        await writeFile(path.join(slow.folder, name, 'migration.sql'), 'CREATE TABLE whole (id INT);')
        expect(await migrate(db().pool, slow.folder)).toEqual([name])
      })
    }

    test('a migration that another tool has begun and not ended stops the start', async () => {
      await migrate(db().pool, folder)
      await db().pool.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', '', 'half')`,
      )
      await expect(migrate(db().pool, folder)).rejects.toThrow(
        'migration half was started by another tool and not finished',
      )
    })
  })
}

/** The migrations and one more. */
async function copyWith(name: string, script: string): Promise<{ folder: string } & AsyncDisposable> {
  const copy = await mkdtemp(path.join(tmpdir(), 'kinpass-migrations-'))
  cpSync(folder, copy, { recursive: true })
  await mkdir(path.join(copy, name))
  await writeFile(path.join(copy, name, 'migration.sql'), script)
  return { folder: copy, [Symbol.asyncDispose]: () => rm(copy, { recursive: true }) }
}

async function tables(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
  return rows.map(({ tablename }) => tablename)
}
