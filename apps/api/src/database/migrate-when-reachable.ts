import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../log/logger.ts'
import { isDatabaseOutage } from './is-database-outage.ts'
import { MigrationFailedError } from './migrate.ts'
import type { Database } from './open-database.ts'

const RETRY_DELAY_MS = 500

/**
 * Migrates the database, retrying while it is unreachable. Resolves with false if the signal aborts first. Rejects if a
 * migration fails or the server refuses the connection.
 */
export async function migrateWhenReachable(
  database: Pick<Database, 'migrate'>,
  options: { directory: string; logger: Logger; signal: AbortSignal },
): Promise<boolean> {
  const { directory, logger, signal } = options
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      const applied = await database.migrate(directory)
      logger.info({ applied }, 'database ready')
      return true
    } catch (err) {
      // The server rolls back a migration whose connection is lost, so it can be retried.
      if (!isDatabaseOutage(err instanceof MigrationFailedError ? err.cause : err)) throw err
      if (attempt === 1) logger.error({ err }, 'database unreachable, refusing calls')
    }
    // Rejects on abort, which the loop condition handles.
    await delay(RETRY_DELAY_MS, undefined, { signal }).catch(() => {})
  }
  return false
}
