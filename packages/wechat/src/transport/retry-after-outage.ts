import type { Emit } from '../protocol/events.ts'
import { type Endpoint, retryTable } from '../protocol/retry-table.ts'
import { isCircuitOpen, isOutage } from './outage.ts'

const BASE_DELAY_MS = 100
const MAX_DELAY_MS = 2_000

export interface RetryOptions {
  readonly budgetMs: number
  readonly clock: () => Date
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly emit: Emit
}

/**
 * Runs a call, and again after an outage where the retry table allows it: pauses grow by doubling and each is
 * drawn from zero up (full jitter), so that many processes do not knock together. No attempt starts
 * after the budget is spent.
 */
export async function retryAfterOutage<T>(
  endpoint: Endpoint,
  { budgetMs, clock, random, sleep, emit }: RetryOptions,
  call: () => Promise<T>,
): Promise<T> {
  if (retryTable[endpoint].outage === 'never') return call()
  const giveUpAt = clock().getTime() + budgetMs
  let outage: unknown
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      // The repeats themselves may have opened the circuit: what opened it says more.
      if (isCircuitOpen(error)) throw outage ?? error
      outage = error
      const pauseMs = random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt)
      if (!isOutage(error) || clock().getTime() + pauseMs >= giveUpAt) throw error
      await sleep(pauseMs)
      emit({ type: 'sent-again', endpoint, attempt: attempt + 1 })
    }
  }
}
