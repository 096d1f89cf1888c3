import { cpSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import { generateMigration } from '../prisma/generate-migration.ts'
import { openSchemaEngine } from '../prisma/open-schema-engine.ts'
import { readMigrations } from '../prisma/read-migrations.ts'
import { MigrationFailedError, migrate } from '../src/database/migrate.ts'
import { databases, shareDatabase } from './_databases.ts'

const directory = path.resolve(import.meta.dirname, '../prisma/migrations')
const schema = await readFile(path.resolve(import.meta.dirname, '../prisma/schema.prisma'), 'utf8')
const EVERYTHING = { externalTables: [], externalEnums: [] }

describe('schema.prisma', () => {
  test('the migrations lead to schema.prisma', async () => {
    const next = await generateMigration('nothing', schema, await readMigrations(directory))
    expect(next.migrationScript).toBeNull()
  })

  test('a column that the migrations lack is added by the generated migration', async () => {
    const wider = schema.replace('  remark ', '  nickname String? @db.VarChar(100)\n  remark ')
    const next = await generateMigration('add_nickname', wider, await readMigrations(directory))
    expect(next.migrationScript).toContain('ADD COLUMN     "nickname" VARCHAR(100)')
    expect(next.generatedMigrationName).toMatch(/^\d{14}_add_nickname$/)
  })

  test('a generated migration warns of a loss of data', async () => {
    const narrower = schema.replace(/^ {2}remark .*$/m, '')
    const next = await generateMigration('drop_remark', narrower, await readMigrations(directory))
    expect(next.migrationScript).toContain('All the data in the column will be lost')
  })
})

for (const database of databases) {
  describe(`migrating on ${database.name}`, () => {
    const db = shareDatabase(database)
    beforeEach(() => db().pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))
    const names = async () => (await readMigrations(directory)).migrationDirectories.map(({ path }) => path)

    test('an empty database gets every migration once', async () => {
      expect(await migrate(db().pool, directory)).toEqual(await names())
      expect(await migrate(db().pool, directory)).toEqual([])
    })

    test('one of five concurrent instances migrates, and the others wait', async () => {
      const results = await Promise.all(Array.from({ length: 5 }, () => migrate(db().pool, directory)))
      expect(results.filter((applied) => applied.length > 0)).toEqual([await names()])
    })

    test("Prisma's engine accepts a database that the API migrated", async () => {
      await migrate(db().pool, directory)
      await using opened = await openSchemaEngine(db().pool)
      const migrationsList = await readMigrations(directory)
      const diagnosis = await opened.engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: true,
        filters: EVERYTHING,
      })
      expect(diagnosis).toMatchObject({ editedMigrationNames: [], failedMigrationNames: [], history: null })
      const advice = await opened.engine.devDiagnostic({ migrationsList, filters: EVERYTHING })
      expect(advice).toEqual({ action: { tag: 'createMigration' } }) // Any other action reports drift.
    })

    test("the API accepts a database that Prisma's engine migrated", async () => {
      await using opened = await openSchemaEngine(db().pool)
      await opened.engine.applyMigrations({
        migrationsList: await readMigrations(directory),
        filters: EVERYTHING,
      })
      expect(await migrate(db().pool, directory)).toEqual([])
    })

    test('a migration of a later release is ignored', async () => {
      await using later = await copyWith('20990101000000_later', 'CREATE TABLE later (id INT);')
      await migrate(db().pool, later.directory)
      expect(await migrate(db().pool, directory)).toEqual([])
    })

    test('a failed migration is rolled back, recorded in the history table and retried when it is corrected', async () => {
      const name = '20990101000000_broken'
      await using broken = await copyWith(
        name,
        'CREATE TABLE half (id INT);\nALTER TABLE nowhere ADD COLUMN x INT;',
      )
      const failing = migrate(db().pool, broken.directory)
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

      await writeFile(path.join(broken.directory, name, 'migration.sql'), 'CREATE TABLE whole (id INT);')
      expect(await migrate(db().pool, broken.directory)).toEqual([name])
      await using opened = await openSchemaEngine(db().pool)
      const diagnosis = await opened.engine.diagnoseMigrationHistory({
        migrationsList: await readMigrations(broken.directory),
        optInToShadowDatabase: false,
        filters: EVERYTHING,
      })
      expect(diagnosis).toMatchObject({ failedMigrationNames: [], editedMigrationNames: [], history: null })
    })

    // PGlite runs in this process: its connection cannot be cut.
    if (database.name === 'PostgreSQL') {
      test('a migration whose connection is terminated is reported, rolled back and retried', async () => {
        const name = '20990101000000_slow'
        await using slow = await copyWith(name, 'CREATE TABLE half (id INT); SELECT pg_sleep(600);')
        const failure = expect(migrate(db().pool, slow.directory)).rejects.toThrow(`migration ${name} failed`)
        await expect
          .poll(async () => {
            const { rowCount } = await db().pool.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE wait_event = 'PgSleep' AND datname = current_database()`,
            )
            return rowCount
          })
          .toBe(1)
        await failure
        expect(await tables(db().pool)).not.toContain('half')
        await writeFile(path.join(slow.directory, name, 'migration.sql'), 'CREATE TABLE whole (id INT);')
        expect(await migrate(db().pool, slow.directory)).toEqual([name])
      })
    }

    test('a migration that another tool started and did not finish stops the start', async () => {
      await migrate(db().pool, directory)
      await db().pool.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', '', 'half')`,
      )
      await expect(migrate(db().pool, directory)).rejects.toThrow(
        'migration half was started by another tool and not finished',
      )
    })
  })
}

/** Copies the migrations and adds one. */
async function copyWith(name: string, script: string): Promise<{ directory: string } & AsyncDisposable> {
  const copy = await mkdtemp(path.join(tmpdir(), 'kinpass-migrations-'))
  cpSync(directory, copy, { recursive: true })
  await mkdir(path.join(copy, name))
  await writeFile(path.join(copy, name, 'migration.sql'), script)
  return { directory: copy, [Symbol.asyncDispose]: () => rm(copy, { recursive: true }) }
}

async function tables(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
  return rows.map(({ tablename }) => tablename)
}
