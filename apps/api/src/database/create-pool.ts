import type { Duplex } from 'node:stream'
import pg from 'pg'
import { watchedSocket } from './idle-timeout-socket.ts'

/** Where a pool's connections lead: to a server, or into this process. */
export type Source = Server | { stream: () => Duplex }

export interface Server {
  url: string
  /** How long a connection may take to open or become free, and one statement to end. For ever unless given. */
  timeoutMs?: number | undefined
}

const CONNECT_TIMEOUT_MS = 10_000
const CONNECTIONS = 20

/** Makes the pool of connections that all queries go through. Nothing is connected before the first of them. */
export function createPool(source: Source): pg.Pool {
  if ('url' in source) return new pg.Pool(toServer(source))
  return new pg.Pool({
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // PGlite has one session, in UTC. Its stream is never idle for the pool: reopening it would reset the session.
    ...{ stream: source.stream, user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0 },
  })
}

function toServer({ url, timeoutMs }: Server): pg.PoolConfig {
  const connection = { connectionString: inUtc(url), max: CONNECTIONS }
  if (timeoutMs === undefined) return { ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT_MS }
  return {
    ...connection,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    // An instance that froze in a transaction does not keep its locks.
    idle_in_transaction_session_timeout: 2 * timeoutMs,
    idleTimeoutMillis: timeoutMs, // An idle connection is closed before its silence would cut it.
    stream: () => watchedSocket(1.5 * timeoutMs), // The server, if it lives, ends the statement first and says why.
  }
}

/**
 * Prisma's adapter sends instants without a zone and reads them back as UTC, so a session in any other zone would store
 * wrong instants and show nothing. What stands in the URL wins over the pool's settings; hence the URL is changed.
 */
function inUtc(url: string): string {
  const parsed = new URL(url)
  const given = parsed.searchParams.get('options')
  parsed.searchParams.set('options', [given, '-c TimeZone=UTC'].filter(Boolean).join(' '))
  return parsed.href
}
