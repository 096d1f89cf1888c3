import { Failure } from '@kinpass/contracts'

/** Concurrency limit with graceful drain. */
export interface ConcurrencyLimiter {
  /** Runs a call. Throws `SERVICE_UNAVAILABLE` unless the limiter is open and below its limit. */
  run<T>(call: () => Promise<T>): Promise<T>
  readonly isOpen: boolean
  open(): void
  /** Refuses new calls permanently. Resolves when the last running call has settled. */
  close(): Promise<void>
}

/**
 * A limiter for `maxConcurrent` calls, closed until `open`.
 *
 * A call counts until it settles, also after its client has disconnected: the limit bounds what the process holds in
 * memory while a dependency is slow.
 */
export function createConcurrencyLimiter({ maxConcurrent }: { maxConcurrent: number }): ConcurrencyLimiter {
  let running = 0
  let isOpen = false
  let isClosed = false
  let resolveDrained = () => {}
  const drained = new Promise<void>((resolve) => {
    resolveDrained = resolve
  })

  function settle(): void {
    running -= 1
    if (isClosed && running === 0) resolveDrained()
  }

  return {
    get isOpen() {
      return isOpen
    },

    open() {
      isOpen = !isClosed
    },

    async run(call) {
      if (!isOpen || running >= maxConcurrent) throw new Failure('SERVICE_UNAVAILABLE')
      running += 1
      return await call().finally(settle)
    },

    async close() {
      isOpen = false
      isClosed = true
      if (running > 0) await drained
    },
  }
}
