import { isCircuitOpen, isOutage } from '../errors/error-kinds.ts'
import type { Emit } from '../protocol/events.ts'
import { type Endpoint, retryTable } from '../protocol/retry-table.ts'
import { type CircuitBreaker, type CircuitBreakerOptions, createCircuitBreaker } from './circuit-breaker.ts'
import type { HttpSend, RawRequest } from './http.ts'
import { type ExpectedResponse, parseResponse } from './parse-response.ts'

export interface WeChatRequest<T> extends RawRequest, ExpectedResponse<T> {}

/** Sends a request and returns the parsed response, or throws one of the three errors. */
export type Send = <T>(request: WeChatRequest<T>) => Promise<T>

export interface SendDeps {
  readonly httpSend: HttpSend
  readonly clock: () => Date
  /** From 0 to below 1. */
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly emit: Emit
}

/** Adds response parsing, one circuit breaker per endpoint and the retry table to {@link HttpSend}. */
export function createSend(
  deps: SendDeps,
  options: { retryBudgetMs: number; circuit: CircuitBreakerOptions },
): Send {
  const breakers = new Map<Endpoint, CircuitBreaker>()
  const retryOptions = { ...deps, budgetMs: options.retryBudgetMs }

  function breakerOf(endpoint: Endpoint): CircuitBreaker {
    const existing = breakers.get(endpoint)
    if (existing !== undefined) return existing
    const breaker = createCircuitBreaker(endpoint, deps, options.circuit)
    breakers.set(endpoint, breaker)
    return breaker
  }

  return (request) =>
    retryAfterOutage(request.endpoint, retryOptions, () =>
      breakerOf(request.endpoint).run(async () => parseResponse(request, await deps.httpSend(request))),
    )
}

const BASE_DELAY_MS = 100
const MAX_DELAY_MS = 2_000

interface RetryOptions {
  /** No attempt starts later than this after the first. */
  readonly budgetMs: number
  readonly clock: () => Date
  /** From 0 to below 1. */
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly emit: Emit
}

/**
 * Runs `attempt`, and again after an outage if the retry table allows it.
 *
 * Delays follow exponential backoff with full jitter, so that processes do not retry in lockstep.
 */
async function retryAfterOutage<T>(
  endpoint: Endpoint,
  { budgetMs, clock, random, sleep, emit }: RetryOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  if (retryTable[endpoint].outage === 'never') return attempt()
  const deadline = clock().getTime() + budgetMs
  let lastOutage: unknown
  for (let attemptNumber = 1; ; attemptNumber += 1) {
    try {
      return await attempt()
    } catch (error) {
      // These retries may have opened the circuit themselves; the outage that opened it is more informative.
      if (isCircuitOpen(error)) throw lastOutage ?? error
      lastOutage = error
      const delayMs = random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attemptNumber)
      if (!isOutage(error) || clock().getTime() + delayMs >= deadline) throw error
      await sleep(delayMs)
      emit({ type: 'request-retried', endpoint, attempt: attemptNumber + 1 })
    }
  }
}
