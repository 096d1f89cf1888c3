import type pg from 'pg'
import { createPool } from './create-pool.ts'
import { migrate } from './migrate.ts'
import { openPGlite } from './open-pglite.ts'
import { createPrisma, type Prisma } from './prisma-client.ts'

export interface Database extends AsyncDisposable {
  /** For plain SQL: migrations, benchmarks. On PGlite it holds one connection, which all queries share in turn. */
  readonly pool: pg.Pool
  readonly prisma: Prisma
  /** Applies the migrations that are lacking; see {@link migrate}. On a server no timeout holds for them. */
  migrate(migrationsFolder: string): Promise<string[]>
}

export interface OpenDatabaseOptions {
  /** How long a server may take for a connection and for a statement: for ever unless given. */
  timeoutMs?: number
  /** Hears of each connection that the server or the network has cut. The pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void
}

/**
 * Opens the database behind a URL:
 *
 * - `postgresql://user@host/name`: a server, reached when the first query is made
 * - `pglite:./folder`, `pglite:///absolute/folder`: PostgreSQL inside this process, kept in that folder,
 *   which is made at the first start (2 to 8 seconds) and belongs to one process at a time
 * - `pglite:memory`: the same, gone with the process
 *
 * @throws {DatabaseInUse} when another process has the folder open
 */
export async function openDatabase(url: string, options: OpenDatabaseOptions = {}): Promise<Database> {
  const { onConnectionLost = () => {}, timeoutMs } = options
  const place = pglitePlace(url)
  const embedded = place === undefined ? undefined : await openPGlite(place)
  const pool = createPool(embedded ?? { url, timeoutMs })
  // Without a listener either event would end the process; the pool only repeats what its connections say.
  pool.on('connect', (client) => client.on('error', onConnectionLost))
  pool.on('error', () => {})
  const prisma = createPrisma(pool)

  return {
    pool,
    prisma,
    migrate: (folder) => (embedded ? migrate(pool, folder) : migrateServer(url, folder)),
    async [Symbol.asyncDispose]() {
      await prisma.$disconnect()
      await pool.end()
      await embedded?.[Symbol.asyncDispose]()
    },
  }
}

/** Through a connection of its own: building an index may take an hour, and so may another instance that does it. */
async function migrateServer(url: string, folder: string): Promise<string[]> {
  const pool = createPool({ url })
  // Its one user hears of a lost connection by a failed query; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', () => {})
  try {
    return await migrate(pool, folder)
  } finally {
    await pool.end()
  }
}

/** `memory` or a folder, of a `pglite:` URL. */
function pglitePlace(url: string): string | undefined {
  return /^pglite:(?:\/\/)?(.+)$/.exec(url)?.[1]
}
