import type { Duplex } from 'node:stream'
import pg from 'pg'

/** Where a pool's connections lead: to a server, or into this process. */
export type Source = { url: string } | { stream: () => Duplex }

const CONNECT_TIMEOUT_MS = 10_000

/** Makes the pool of connections that all queries go through. Nothing is connected before the first of them. */
export function createPool(source: Source): pg.Pool {
  return new pg.Pool({
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...('url' in source
      ? { connectionString: inUtc(source.url), max: 20 }
      : // PGlite has one session, in UTC. Its stream is never idle for the pool: reopening it would reset the session.
        { stream: source.stream, user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0 }),
  })
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
