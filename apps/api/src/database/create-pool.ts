import type { Duplex } from 'node:stream'
import pg from 'pg'
import { createIdleTimeoutSocket } from './idle-timeout-socket.ts'

/** What a pool connects to: a PostgreSQL server, or PGlite in this process. */
export type PoolTarget = ServerTarget | { stream: () => Duplex }

export interface ServerTarget {
  url: string
  /** Limit for opening or acquiring a connection, and for one statement. No limit if undefined. */
  timeoutMs?: number | undefined
}

const CONNECT_TIMEOUT_MS = 10_000
const MAX_CONNECTIONS = 20

/** Creates the connection pool that all queries use. It connects on the first query. */
export function createPool(target: PoolTarget): pg.Pool {
  if ('url' in target) return new pg.Pool(serverPoolConfig(target))
  return new pg.Pool({
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // PGlite has one session, in UTC. The pool must not close it when idle: reopening resets the session.
    ...{ stream: target.stream, user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0 },
  })
}

function serverPoolConfig({ url, timeoutMs }: ServerTarget): pg.PoolConfig {
  const connection = { connectionString: withUtcTimeZone(url), max: MAX_CONNECTIONS }
  if (timeoutMs === undefined) return { ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT_MS }
  return {
    ...connection,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    // An instance that hangs inside a transaction loses its locks.
    idle_in_transaction_session_timeout: 2 * timeoutMs,
    // Shorter than the socket's timeout: the pool closes idle connections first.
    idleTimeoutMillis: timeoutMs,
    // Longer than statement_timeout: a running server reports its own error first.
    stream: () => createIdleTimeoutSocket(1.5 * timeoutMs),
  }
}

/**
 * Sets the session time zone to UTC in the URL. Prisma's adapter sends timestamps without a zone and reads them as UTC,
 * so any other zone would store wrong values without an error. Options in the URL override those of the pool, so the
 * URL itself is changed.
 */
function withUtcTimeZone(url: string): string {
  const parsed = new URL(url)
  const existing = parsed.searchParams.get('options')
  parsed.searchParams.set('options', [existing, '-c TimeZone=UTC'].filter(Boolean).join(' '))
  return parsed.href
}
