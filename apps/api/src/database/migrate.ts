import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { MigrationFailed } from './migration-failed-error.ts'

/** The advisory lock that Prisma's own engine takes, so that it and this never work at once. */
const PRISMA_LOCK = 72_707_369

/**
 * Applies the migrations that the database lacks, in the order of their names, and resolves with those names.
 *
 * The books are Prisma's (`_prisma_migrations`), so Prisma's tools understand the database. Several processes may start at
 * once: one applies, the others wait and find nothing to do. A migration and its entry in the books are one transaction:
 * whatever ends the process, both are there or neither is. Hence a migration cannot hold what PostgreSQL refuses
 * inside a transaction (CREATE INDEX CONCURRENTLY). Migrations that only the database knows, of a later release, are left alone.
 *
 * @throws {MigrationFailed} when a migration fails, or is on the books as begun and not ended
 */
export async function migrate(pool: pg.Pool, migrationsFolder: string): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK])
    await client.query(BOOKS)
    const done = await appliedNames(client)
    const lacking = (await migrationNames(migrationsFolder)).filter((name) => !done.has(name))
    for (const name of lacking) {
      await apply(client, name, await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8'))
    }
    return lacking
  } finally {
    client.release(true) // ends the connection, and with it the lock
  }
}

async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function appliedNames(client: pg.ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ migration_name: string; finished_at: Date | null }>(
    'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const unfinished = rows.find((row) => row.finished_at === null)
  if (unfinished) {
    throw new MigrationFailed(
      unfinished.migration_name,
      'was begun by another tool and not ended: put the database in order, then set rolled_back_at in its row of _prisma_migrations',
    )
  }
  return new Set(rows.map((row) => row.migration_name))
}

async function apply(client: pg.ClientBase, name: string, script: string): Promise<void> {
  const entry = [randomUUID(), createHash('sha256').update(script).digest('hex'), name]
  try {
    await client.query('BEGIN')
    await client.query(ENTER, entry)
    await client.query(script)
    await client.query(FINISH, [entry[0]])
    await client.query('COMMIT')
  } catch (cause) {
    const why = `failed and was undone: ${cause instanceof Error ? cause.message : String(cause)}`
    await recordFailure(client, entry, cause).catch((unrecorded: unknown) => {
      throw new MigrationFailed(name, why, { cause: new AggregateError([cause, unrecorded]) })
    })
    throw new MigrationFailed(name, why, { cause })
  }
}

async function recordFailure(client: pg.ClientBase, entry: string[], cause: unknown): Promise<void> {
  await client.query('ROLLBACK')
  await client.query(ENTER, entry)
  await client.query(UNDO, [entry[0], String(cause)])
}

const ENTER = 'INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)'
const FINISH =
  'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1'
const UNDO = 'UPDATE _prisma_migrations SET rolled_back_at = now(), logs = $2 WHERE id = $1'

const BOOKS = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`
