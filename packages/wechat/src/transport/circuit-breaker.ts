import { WeChatUnreachableError } from '../errors/errors.ts'
import type { Emit } from '../protocol/events.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import { isOutage } from './outage.ts'

export interface CircuitBreaker {
  /** Runs a call, or throws `circuit-open` at once while WeChat is held for down. */
  run<T>(call: () => Promise<T>): Promise<T>
}

/**
 * A fuse for one endpoint: after `failures` outages in a row it opens for `openMs`, so that callers fail
 * at once instead of each waiting for its deadline. Then one call goes through on trial; its end decides.
 */
export function createCircuitBreaker(options: {
  endpoint: Endpoint
  failures: number
  openMs: number
  clock: () => Date
  emit: Emit
}): CircuitBreaker {
  const { endpoint, clock, emit } = options
  let failures = 0
  let openUntil: number | undefined
  let onTrial = false

  /** True when this call is the trial. */
  function enter(): boolean {
    if (openUntil === undefined) return false
    if (onTrial || clock().getTime() < openUntil) {
      throw new WeChatUnreachableError({ endpoint, reason: 'circuit-open', sent: false })
    }
    onTrial = true
    return true
  }

  function succeed(): void {
    failures = 0
    if (openUntil === undefined) return
    openUntil = undefined
    emit({ type: 'circuit-closed', endpoint })
  }

  function fail(): void {
    failures += 1
    if (failures < options.failures) return
    const wasClosed = openUntil === undefined
    openUntil = clock().getTime() + options.openMs
    if (wasClosed) emit({ type: 'circuit-opened', endpoint })
  }

  return {
    async run(call) {
      const isTrial = enter()
      try {
        const answer = await call()
        succeed()
        return answer
      } catch (error) {
        if (isOutage(error)) fail()
        else succeed()
        throw error
      } finally {
        if (isTrial) onTrial = false
      }
    },
  }
}
