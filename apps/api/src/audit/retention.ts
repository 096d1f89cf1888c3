import type { Audit } from './audit-log.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Removes what the audit need not keep any longer. */
export interface Retention extends AsyncDisposable {
  /** Purges at once and every hour from here on. */
  start(): void
}

/** The job that keeps the retention of the audit. Several instances may run it; disposing of it waits for a purge under way. */
export function createRetention(parts: {
  audit: Pick<Audit, 'purge'>
  days: number
  clock: () => Date
  /** Hears of a purge that failed; the next one is an hour away. */
  onFailed: (error: unknown) => void
}): Retention {
  const { audit, days, clock, onFailed } = parts
  let timer: NodeJS.Timeout | undefined
  let purging: Promise<unknown> = Promise.resolve()

  function purge(): void {
    purging = audit.purge(new Date(clock().getTime() - days * dayMs)).catch(onFailed)
  }

  return {
    start() {
      purge()
      timer = setInterval(purge, hourMs).unref()
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await purging
    },
  }
}
