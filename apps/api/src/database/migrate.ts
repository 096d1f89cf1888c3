import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'

/**
 * A migration cannot be applied, so the API must not start.
 *
 * Either it failed and was rolled back, or another tool started it and did not finish.
 */
export class MigrationFailedError extends Error {
  override readonly name = 'MigrationFailedError'
  readonly code = 'MIGRATION_FAILED'
  /** Directory name of the migration. */
  readonly migration: string

  constructor(migration: string, reason: string, options?: ErrorOptions) {
    super(`migration ${migration} ${reason}`, options)
    this.migration = migration
  }
}

/** The advisory lock that Prisma's own engine takes, so that the two never migrate concurrently. */
const PRISMA_LOCK_ID = 72_707_369

/**
 * Applies the pending migrations in the order of their names and returns those names.
 *
 * The history table is Prisma's `_prisma_migrations`, so Prisma's tools can read it. If several processes start at
 * once, one applies and the others wait. A migration and its history row are committed in one transaction.
 * Hence a migration cannot contain statements that PostgreSQL refuses inside a transaction (CREATE INDEX CONCURRENTLY).
 * Migrations of a later release, which only the database knows, are ignored.
 *
 * @throws {MigrationFailedError} when a migration fails, or is in the history table as started and not finished
 */
export async function migrate(pool: pg.Pool, migrationsDirectory: string): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK_ID])
    await client.query(HISTORY_TABLE)
    const applied = await readAppliedNames(client)
    const pending = (await readMigrationNames(migrationsDirectory)).filter((name) => !applied.has(name))
    for (const name of pending) {
      await apply(client, name, await readFile(path.join(migrationsDirectory, name, 'migration.sql'), 'utf8'))
    }
    return pending
  } finally {
    client.release(true) // Closes the connection, which releases the advisory lock.
  }
}

async function readMigrationNames(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function readAppliedNames(client: pg.ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ migration_name: string; finished_at: Date | null }>(
    'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const unfinished = rows.find((row) => row.finished_at === null)
  if (unfinished) {
    throw new MigrationFailedError(
      unfinished.migration_name,
      'was started by another tool and not finished: repair the database, then set rolled_back_at in its row of _prisma_migrations',
    )
  }
  return new Set(rows.map((row) => row.migration_name))
}

async function apply(client: pg.ClientBase, name: string, script: string): Promise<void> {
  const row = [randomUUID(), createHash('sha256').update(script).digest('hex'), name]
  try {
    await client.query('BEGIN')
    await client.query(RECORD_START, row)
    await client.query(script)
    await client.query(RECORD_DONE, [row[0]])
    await client.query('COMMIT')
  } catch (cause) {
    const reason = `failed and was rolled back: ${cause instanceof Error ? cause.message : String(cause)}`
    await recordFailure(client, row, cause).catch((recordingError: unknown) => {
      throw new MigrationFailedError(name, reason, { cause: new AggregateError([cause, recordingError]) })
    })
    throw new MigrationFailedError(name, reason, { cause })
  }
}

async function recordFailure(client: pg.ClientBase, row: string[], cause: unknown): Promise<void> {
  await client.query('ROLLBACK')
  await client.query(RECORD_START, row)
  await client.query(RECORD_FAILED, [row[0], String(cause)])
}

const RECORD_START = 'INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)'
const RECORD_DONE =
  'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1'
const RECORD_FAILED = 'UPDATE _prisma_migrations SET rolled_back_at = now(), logs = $2 WHERE id = $1'

const HISTORY_TABLE = `
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
