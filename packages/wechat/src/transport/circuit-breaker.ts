import { isOutage } from '../errors/error-kinds.ts'
import { WeChatUnreachableError } from '../errors/errors.ts'
import type { Emit } from '../protocol/events.ts'
import type { Endpoint } from '../protocol/retry-table.ts'

export interface CircuitBreaker {
  /** Runs `fn`; while the circuit is open, throws `WeChatUnreachableError` with the reason `circuit-open` instead. */
  run<T>(fn: () => Promise<T>): Promise<T>
}

export interface CircuitBreakerOptions {
  /** Outages in a row that open the circuit. */
  readonly failures: number
  readonly openMs: number
}

/**
 * Creates a circuit breaker for one endpoint.
 *
 * While WeChat is down, calls fail at once instead of each waiting for its deadline. After `openMs` the circuit is
 * half-open: one call runs as a probe and its result closes or reopens the circuit.
 */
export function createCircuitBreaker(
  endpoint: Endpoint,
  { clock, emit }: { clock: () => Date; emit: Emit },
  options: CircuitBreakerOptions,
): CircuitBreaker {
  let failures = 0
  let openUntil: number | undefined
  let isProbing = false

  /** Throws if the call must not run; returns whether it is the probe. */
  function admit(): boolean {
    if (openUntil === undefined) return false
    if (isProbing || clock().getTime() < openUntil) {
      throw new WeChatUnreachableError({ endpoint, reason: 'circuit-open', sent: false })
    }
    isProbing = true
    return true
  }

  function recordSuccess(): void {
    failures = 0
    if (openUntil === undefined) return
    openUntil = undefined
    emit({ type: 'circuit-closed', endpoint })
  }

  function recordOutage(): void {
    failures += 1
    if (failures < options.failures) return
    const wasClosed = openUntil === undefined
    openUntil = clock().getTime() + options.openMs
    if (wasClosed) emit({ type: 'circuit-opened', endpoint })
  }

  return {
    async run(fn) {
      const isProbe = admit()
      try {
        const result = await fn()
        recordSuccess()
        return result
      } catch (error) {
        if (isOutage(error)) recordOutage()
        else recordSuccess()
        throw error
      } finally {
        if (isProbe) isProbing = false
      }
    },
  }
}
