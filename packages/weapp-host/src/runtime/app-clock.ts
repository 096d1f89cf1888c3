/** The mini-program's `Date` and timers: they follow the system clock, and can be moved forward. */
export interface AppClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly startTimer: (callback: () => void, delayMs: number, repeats: boolean) => number
  readonly stopTimer: (id: unknown) => void
  /** Moves the clock forward. Timers that are due then run soon, in the order of their due times. */
  readonly advance: (ms: number) => void
  readonly close: () => void
}

interface Timer {
  dueAt: number
  /** Undefined for a timer that runs once. */
  readonly intervalMs: number | undefined
  readonly callback: () => void
  handle: ReturnType<typeof setTimeout> | undefined
}

export function createAppClock(): AppClock {
  const timers = new Map<number, Timer>()
  let offsetMs = 0
  let lastId = 0

  function now() {
    return Date.now() + offsetMs
  }
  function schedule(id: number, timer: Timer) {
    clearTimeout(timer.handle)
    timer.handle = setTimeout(fire, Math.max(0, timer.dueAt - now()), id, timer)
  }
  function fire(id: number, timer: Timer) {
    if (timer.intervalMs === undefined) timers.delete(id)
    else {
      timer.dueAt = now() + timer.intervalMs
      schedule(id, timer)
    }
    timer.callback()
  }

  return {
    now,
    startTimer(callback, delayMs, repeats) {
      const timer: Timer = {
        dueAt: now() + delayMs,
        intervalMs: repeats ? delayMs : undefined,
        callback,
        handle: undefined,
      }
      timers.set(++lastId, timer)
      schedule(lastId, timer)
      return lastId
    },
    stopTimer(id) {
      // The mini-program may pass any value; an unknown id stops no timer.
      const key = Number(id)
      clearTimeout(timers.get(key)?.handle)
      timers.delete(key)
    },
    advance(ms) {
      offsetMs += ms
      const inOrder = [...timers].sort(([, a], [, b]) => a.dueAt - b.dueAt)
      for (const [id, timer] of inOrder) schedule(id, timer)
    },
    close() {
      for (const { handle } of timers.values()) clearTimeout(handle)
      timers.clear()
    },
  }
}
