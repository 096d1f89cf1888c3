import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '../log/logger.ts'
import { isDatabaseOutage } from './is-database-outage.ts'
import { MigrationFailed } from './migration-failed-error.ts'
import type { Database } from './open-database.ts'

const RETRY_PAUSE_MS = 500

/**
 * Migrates the database as soon as it can be reached, and goes on trying until then. Resolves false when the signal
 * ended it before; rejects when the migration failed, or the server answered and refused.
 */
export async function migrateWhenReachable(
  database: Pick<Database, 'migrate'>,
  parts: { folder: string; logger: Logger; signal: AbortSignal },
): Promise<boolean> {
  const { folder, logger, signal } = parts
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      const applied = await database.migrate(folder)
      logger.info({ applied }, 'the database is ready')
      return true
    } catch (err) {
      // A migration that the connection did not outlive was undone by the server.
      if (!isDatabaseOutage(err instanceof MigrationFailed ? err.cause : err)) throw err
      if (attempt === 1)
        logger.error({ err }, 'ALARM: the database cannot be reached; calls are refused until it is')
    }
    await pause(RETRY_PAUSE_MS, undefined, { signal }).catch(() => {}) // Woken early: the loop looks why.
  }
  return false
}
