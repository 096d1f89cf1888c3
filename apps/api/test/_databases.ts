import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import { type Database, openDatabase } from '../src/database/open-database.ts'

/** A migrated database that nobody has open, gone when disposed of. */
export interface DatabasePlace extends AsyncDisposable {
  /** For `openDatabase`, or for `DATABASE_URL`. */
  readonly url: string
}

/** A kind of database that the tests run on. */
export interface TestDatabase {
  readonly name: 'PGlite' | 'PostgreSQL'
  /** Makes a migrated, empty database, for a test that opens it itself, perhaps in several processes. */
  make(): Promise<DatabasePlace>
  /** Makes one and opens it: up to a second on PGlite. */
  fresh(): Promise<Database & DatabasePlace>
}

/**
 * The databases of this machine: PGlite, and a PostgreSQL server where its programs are installed.
 *
 * ```ts
 * for (const database of databases) {
 *   describe(`members on ${database.name}`, () => {
 *     test('an unknown id finds nobody', async () => {
 *       await using db = await database.fresh()
 *     })
 *   })
 * }
 * ```
 */
export const databases: readonly TestDatabase[] = [
  testDatabase('PGlite', copyPGliteFolder),
  ...serverUrls().map((server) => testDatabase('PostgreSQL', () => createOnServer(server))),
]

/**
 * One database for all tests of a `describe`, empty before each of them: for suites of many tests that only write rows.
 *
 * ```ts
 * const db = shareDatabase(database)
 * test('…', async () => { await db().prisma.familyMember.count() })
 * ```
 */
export function shareDatabase(database: TestDatabase): () => Database & DatabasePlace {
  let opened: Database & DatabasePlace
  beforeAll(async () => {
    opened = await database.fresh()
  })
  beforeEach(() => empty(opened.pool))
  afterAll(() => opened[Symbol.asyncDispose]())
  return () => opened
}

async function empty(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ tables: string | null }>(`
    SELECT string_agg(quote_ident(tablename), ', ') AS tables FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`)
  const tables = rows[0]?.tables
  if (tables) await pool.query(`TRUNCATE ${tables} RESTART IDENTITY CASCADE`)
}

function serverUrls(): string[] {
  const postgres = inject('postgres')
  return 'url' in postgres ? [postgres.url] : []
}

function testDatabase(name: TestDatabase['name'], make: TestDatabase['make']): TestDatabase {
  return {
    name,
    make,
    async fresh() {
      const place = await make()
      const database = await openDatabase(place.url)
      return {
        ...database,
        url: place.url,
        async [Symbol.asyncDispose]() {
          await database[Symbol.asyncDispose]()
          await place[Symbol.asyncDispose]()
        },
      }
    },
  }
}

async function copyPGliteFolder(): Promise<DatabasePlace> {
  const parent = await mkdtemp(path.join(tmpdir(), 'kinpass-pglite-'))
  const folder = path.join(parent, 'database')
  cpSync(inject('pgliteTemplate'), folder, { recursive: true }) // a thousand small files: four times as fast as cp
  return {
    url: `pglite:${folder}`,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  }
}

async function createOnServer(server: string): Promise<DatabasePlace> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await command(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = name
  return { url: url.href, [Symbol.asyncDispose]: () => command(server, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function command(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
