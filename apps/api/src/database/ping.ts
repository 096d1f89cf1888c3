import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'

const PING_TIMEOUT_MS = 1_000

/** Whether the database responds within a second. Never rejects. */
export async function ping(pool: pg.Pool): Promise<boolean> {
  const responded = new AbortController()
  const response = pool.query('SELECT 1').then(
    () => true,
    () => false,
  )
  const timeout = delay(PING_TIMEOUT_MS, false, { signal: responded.signal }).catch(() => false)
  return await Promise.race([response, timeout]).finally(() => responded.abort())
}
