import type { AuditLog } from './audit-log.ts'

const PURGE_INTERVAL_MS = 3_600_000
const DAY_MS = 86_400_000

/** A job that deletes expired audit events. */
export interface AuditRetention extends AsyncDisposable {
  /** Purges immediately, then every hour. */
  start(): void
}

export interface AuditRetentionDeps {
  audit: Pick<AuditLog, 'purge'>
  days: number
  clock: () => Date
  /** Called when a purge failed. The next one is an hour later. */
  onError: (error: unknown) => void
}

/** Creates the retention job. Several instances may run it. Disposing of it waits for a purge in flight. */
export function createAuditRetention(deps: AuditRetentionDeps): AuditRetention {
  const { audit, days, clock, onError } = deps
  let timer: NodeJS.Timeout | undefined
  let purging: Promise<unknown> = Promise.resolve()

  function purge(): void {
    purging = audit.purge(new Date(clock().getTime() - days * DAY_MS)).catch(onError)
  }

  return {
    start() {
      purge()
      timer = setInterval(purge, PURGE_INTERVAL_MS).unref()
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await purging
    },
  }
}
