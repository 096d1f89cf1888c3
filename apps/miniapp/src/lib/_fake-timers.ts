/** A clock and timers that only `advance` moves. */
export function createFakeTimers() {
  let now = 1_000_000
  let timers: { dueAt: number; callback: () => void }[] = []
  return {
    clock: () => now,
    setTimer: (ms: number, callback: () => void) => {
      const timer = { dueAt: now + ms, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    /** Moves the clock and runs the due timers, in order of their due time. */
    advance: (ms: number) => {
      const end = now + ms
      for (;;) {
        const due = timers.filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt)[0]
        if (due === undefined) break
        timers = timers.filter((other) => other !== due)
        now = due.dueAt
        due.callback()
      }
      now = end
    },
  }
}

/** Runs the callbacks of settled promises, and the callbacks those cause. */
export async function flushPromises() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
