import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest'
import { type Database, openDatabase } from '../src/database/open-database.ts'

/** A migrated database that no process has open. Disposing of it drops it. */
export interface DatabaseLocation extends AsyncDisposable {
  /** For `openDatabase`, or for `DATABASE_URL`. */
  readonly url: string
}

/** A kind of database that the tests run on. */
export interface TestDatabase {
  readonly name: 'PGlite' | 'PostgreSQL'
  /** Creates a migrated, empty database that the test opens, perhaps in several processes. */
  create(): Promise<DatabaseLocation>
  /** Creates one and opens it. Takes up to a second on PGlite. */
  open(): Promise<Database & DatabaseLocation>
}

/**
 * The databases of this machine: PGlite, and a PostgreSQL server where its programs are installed.
 *
 * ```ts
 * for (const database of databases) {
 *   describe(`members on ${database.name}`, () => {
 *     test('an unknown id is not found', async () => {
 *       await using db = await database.open()
 *     })
 *   })
 * }
 * ```
 */
export const databases: readonly TestDatabase[] = [
  testDatabase('PGlite', copyPGliteDirectory),
  ...serverUrls().map((server) => testDatabase('PostgreSQL', () => createOnServer(server))),
]

/** The most realistic of them: PostgreSQL where it is installed, else PGlite. */
export const preferredDatabase: TestDatabase = databases.at(-1) ?? expect.fail('PGlite is always there')

/**
 * One database for all tests of a `describe`, truncated before each of them. For suites that only write rows.
 *
 * ```ts
 * const db = shareDatabase(database)
 * test('…', async () => { await db().prisma.familyMember.count() })
 * ```
 */
export function shareDatabase(database: TestDatabase): () => Database & DatabaseLocation {
  let opened: Database & DatabaseLocation
  beforeAll(async () => {
    opened = await database.open()
  })
  beforeEach(() => truncateTables(opened.pool))
  afterAll(() => opened[Symbol.asyncDispose]())
  return () => opened
}

async function truncateTables(pool: pg.Pool): Promise<void> {
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

function testDatabase(name: TestDatabase['name'], create: TestDatabase['create']): TestDatabase {
  return {
    name,
    create,
    async open() {
      const location = await create()
      const database = await openDatabase(location.url)
      return {
        ...database,
        url: location.url,
        async [Symbol.asyncDispose]() {
          await database[Symbol.asyncDispose]()
          await location[Symbol.asyncDispose]()
        },
      }
    },
  }
}

async function copyPGliteDirectory(): Promise<DatabaseLocation> {
  const parent = await mkdtemp(path.join(tmpdir(), 'kinpass-pglite-'))
  const directory = path.join(parent, 'database')
  cpSync(inject('pgliteTemplate'), directory, { recursive: true }) // A thousand small files: four times as fast as cp.
  return {
    url: `pglite:${directory}`,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  }
}

async function createOnServer(server: string): Promise<DatabaseLocation> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = name
  return { url: url.href, [Symbol.asyncDispose]: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function execute(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
