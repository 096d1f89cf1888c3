import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

const PATIENCE_MS = 1_000

/** Whether the database answers within a second. */
export async function answers(pool: pg.Pool): Promise<boolean> {
  const tooLate = new AbortController()
  const answer = pool.query('SELECT 1').then(
    () => true,
    () => false,
  )
  const late = pause(PATIENCE_MS, false, { signal: tooLate.signal }).catch(() => false)
  return await Promise.race([answer, late]).finally(() => tooLate.abort())
}
