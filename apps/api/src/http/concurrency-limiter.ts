import { Failure } from '@kinpass/contracts'

/** Lets calls in while the service can take them, and knows when the last one has left. */
export interface CallGate {
  /** Runs a call, or throws `SERVICE_UNAVAILABLE` while the gate is not open or as many calls as it admits are inside. */
  pass<T>(call: () => Promise<T>): Promise<T>
  readonly isOpen: boolean
  open(): void
  /** Lets nobody in any more, for good, and resolves when everyone has left. */
  close(): Promise<void>
}

/**
 * A gate that admits `mostInside` calls at once. A call counts until its work is done, also when its caller has hung up:
 * the bound is on what the process holds in memory while a dependency is slow.
 */
export function createCallGate({ mostInside }: { mostInside: number }): CallGate {
  let inside = 0
  let isOpen = false
  let isClosed = false
  let tellLastLeft = () => {}
  const lastLeft = new Promise<void>((resolve) => {
    tellLastLeft = resolve
  })

  function leave(): void {
    inside -= 1
    if (isClosed && inside === 0) tellLastLeft()
  }

  return {
    get isOpen() {
      return isOpen
    },

    open() {
      isOpen = !isClosed
    },

    async pass(call) {
      if (!isOpen || inside >= mostInside) throw new Failure('SERVICE_UNAVAILABLE')
      inside += 1
      return await call().finally(leave)
    },

    async close() {
      isOpen = false
      isClosed = true
      if (inside > 0) await lastLeft
    },
  }
}
