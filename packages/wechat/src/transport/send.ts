import type { z } from 'zod'
import type { Endpoint } from '../protocol/retry-table.ts'
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts'
import type { HttpSend, RawRequest } from './http.ts'
import { parseResponse } from './parse-response.ts'
import { type RetryOptions, retryAfterOutage } from './retry-after-outage.ts'

/** A request, and the shape of the answer that means success. */
interface WeChatRequest<T> extends RawRequest {
  readonly success: z.ZodType<T>
  /** The code that the request carries: a refusal tells which kind it is by its shape. */
  readonly oneTimeCode?: string
}

/** Asks WeChat and gives the understood answer, or throws one of the three errors. */
export type Send = <T>(question: WeChatRequest<T>) => Promise<T>

/** Joins sending, reading, the circuit of each endpoint, and what the retry table allows. */
export function createSend(options: {
  call: HttpSend
  circuit: { failures: number; openMs: number }
  repeating: RetryOptions
}): Send {
  const { call, repeating } = options
  const circuits = new Map<Endpoint, CircuitBreaker>()

  function breakerOf(endpoint: Endpoint): CircuitBreaker {
    const known = circuits.get(endpoint)
    if (known !== undefined) return known
    const { clock, emit } = repeating
    const circuit = createCircuitBreaker({ endpoint, ...options.circuit, clock, emit })
    circuits.set(endpoint, circuit)
    return circuit
  }

  return (question) =>
    retryAfterOutage(question.endpoint, repeating, () =>
      breakerOf(question.endpoint).run(async () => parseResponse(question, await call(question))),
    )
}
