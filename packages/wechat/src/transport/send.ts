import type { z } from 'zod'
import type { Endpoint } from '../protocol/retry-table.ts'
import { type Circuit, createCircuit } from './circuit-breaker.ts'
import type { Call, Request } from './http.ts'
import { readAnswer } from './parse-response.ts'
import { type Repeating, repeatAfterOutage } from './retry-after-outage.ts'

/** A request, and the shape of the answer that means success. */
interface Question<T> extends Request {
  readonly success: z.ZodType<T>
  /** The code that the request carries: a refusal tells which kind it is by its shape. */
  readonly oneTimeCode?: string
}

/** Asks WeChat and gives the understood answer, or throws one of the three errors. */
export type Ask = <T>(question: Question<T>) => Promise<T>

/** Joins sending, reading, the circuit of each endpoint, and what the retry table allows. */
export function createAsk(options: {
  call: Call
  circuit: { failures: number; openMs: number }
  repeating: Repeating
}): Ask {
  const { call, repeating } = options
  const circuits = new Map<Endpoint, Circuit>()

  function circuitOf(endpoint: Endpoint): Circuit {
    const known = circuits.get(endpoint)
    if (known !== undefined) return known
    const { clock, emit } = repeating
    const circuit = createCircuit({ endpoint, ...options.circuit, clock, emit })
    circuits.set(endpoint, circuit)
    return circuit
  }

  return (question) =>
    repeatAfterOutage(question.endpoint, repeating, () =>
      circuitOf(question.endpoint).pass(async () => readAnswer(question, await call(question))),
    )
}
