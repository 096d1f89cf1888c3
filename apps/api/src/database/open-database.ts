import type pg from 'pg'
import { createPool } from './create-pool.ts'
import { migrate } from './migrate.ts'
import { openPGlite } from './open-pglite.ts'
import { createPrismaClient, type PrismaClient } from './prisma-client.ts'

export interface Database extends AsyncDisposable {
  /** For plain SQL: migrations, benchmarks. On PGlite it has one connection, which all queries share. */
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  /** Applies pending migrations; see {@link migrate}. On a server they have no timeout. */
  migrate(migrationsDirectory: string): Promise<string[]>
}

export interface OpenDatabaseOptions {
  /** Limit for opening or acquiring a connection to a server, and for one statement. No limit by default. */
  timeoutMs?: number
  /** Called for each connection that the server or the network has closed. The pool replaces the connection. */
  onConnectionLost?: (error: Error) => void
}

/**
 * Opens the database of a URL:
 *
 * - `postgresql://user@host/name`: a server, connected on the first query
 * - `pglite:./directory`, `pglite:///absolute/directory`: PostgreSQL inside this process, stored in that directory,
 *   which is created at the first start (2 to 8 seconds) and locked for one process at a time
 * - `pglite:memory`: the same, in memory
 *
 * @throws {DatabaseLockedError} when another process has the directory open
 */
export async function openDatabase(url: string, options: OpenDatabaseOptions = {}): Promise<Database> {
  const { onConnectionLost = () => {}, timeoutMs } = options
  const location = pgliteLocation(url)
  const embedded = location === undefined ? undefined : await openPGlite(location)
  const pool = createPool(embedded ?? { url, timeoutMs })
  // An 'error' event without a listener ends the process. The pool only re-emits the errors of its connections.
  pool.on('connect', (client) => client.on('error', onConnectionLost))
  pool.on('error', () => {})
  const prisma = createPrismaClient(pool)

  return {
    pool,
    prisma,
    migrate: (directory) => (embedded ? migrate(pool, directory) : migrateServer(url, directory)),
    async [Symbol.asyncDispose]() {
      await prisma.$disconnect()
      await pool.end()
      await embedded?.[Symbol.asyncDispose]()
    },
  }
}

/** Migrates without timeouts: building an index, or waiting for another instance, may take an hour. */
async function migrateServer(url: string, directory: string): Promise<string[]> {
  const pool = createPool({ url })
  // A lost connection fails the running query. Without a listener the event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', () => {})
  try {
    return await migrate(pool, directory)
  } finally {
    await pool.end()
  }
}

/** `memory` or the directory of a `pglite:` URL; undefined for other URLs. */
function pgliteLocation(url: string): string | undefined {
  return /^pglite:(?:\/\/)?(.+)$/.exec(url)?.[1]
}
