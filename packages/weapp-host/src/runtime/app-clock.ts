/** The time of the mini-program and its timers: it runs with the machine's, and can be set forward. */
export interface AppClock {
  readonly now: () => number
  readonly startTimer: (callback: () => void, delayMs: number, repeats: boolean) => number
  readonly stopTimer: (id: unknown) => void
  /** Moves the time; what has become due runs soon, in the order in which it was due. */
  readonly advance: (ms: number) => void
  readonly close: () => void
}

interface Timer {
  dueAt: number
  readonly everyMs: number | undefined
  readonly callback: () => void
  handle: ReturnType<typeof setTimeout> | undefined
}

export function createAppClock(): AppClock {
  const timers = new Map<number, Timer>()
  let aheadMs = 0
  let lastId = 0

  function now() {
    return Date.now() + aheadMs
  }
  function arm(id: number, timer: Timer) {
    clearTimeout(timer.handle)
    timer.handle = setTimeout(fire, Math.max(0, timer.dueAt - now()), id, timer)
  }
  function fire(id: number, timer: Timer) {
    if (timer.everyMs === undefined) timers.delete(id)
    else {
      timer.dueAt = now() + timer.everyMs
      arm(id, timer)
    }
    timer.callback()
  }

  return {
    now,
    startTimer(callback, delayMs, repeats) {
      const timer: Timer = {
        dueAt: now() + delayMs,
        everyMs: repeats ? delayMs : undefined,
        callback,
        handle: undefined,
      }
      timers.set(++lastId, timer)
      arm(lastId, timer)
      return lastId
    },
    stopTimer(id) {
      // Whatever the mini-program hands over, a key that is not there stops nothing.
      const key = Number(id)
      clearTimeout(timers.get(key)?.handle)
      timers.delete(key)
    },
    advance(ms) {
      aheadMs += ms
      const inOrder = [...timers].sort(([, a], [, b]) => a.dueAt - b.dueAt)
      for (const [id, timer] of inOrder) arm(id, timer)
    },
    close() {
      for (const { handle } of timers.values()) clearTimeout(handle)
      timers.clear()
    },
  }
}
