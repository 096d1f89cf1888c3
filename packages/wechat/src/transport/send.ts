import type { Emit } from '../protocol/events.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import { type CircuitBreaker, type CircuitBreakerOptions, createCircuitBreaker } from './circuit-breaker.ts'
import type { HttpSend, RawRequest } from './http.ts'
import { type ExpectedResponse, parseResponse } from './parse-response.ts'
import { retryAfterOutage } from './retry-after-outage.ts'

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
