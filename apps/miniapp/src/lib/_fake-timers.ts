/** Time that stands still until a test moves it. */
export function createClockwork() {
  let now = 1_000_000
  let timers: { at: number; deed: () => void }[] = []
  return {
    clock: () => now,
    later: (ms: number, deed: () => void) => {
      const timer = { at: now + ms, deed }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    /** Lets time pass; what falls due happens in order. */
    pass: (ms: number) => {
      const end = now + ms
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        timers = timers.filter((other) => other !== due)
        now = due.at
        due.deed()
      }
      now = end
    },
  }
}
