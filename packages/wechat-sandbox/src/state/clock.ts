import { SandboxUsageError } from './sandbox-usage-error.ts'

/** The sandbox's time: lifetimes, quota windows, rids and watermarks use it. */
export interface SandboxClock {
  now(): Date
  /** Moves the sandbox's time forward. Timers of the machine, such as the delay of a `slow` fault, do not move. */
  advance(milliseconds: number): void
}

/** The machine's time plus everything advanced so far. */
export function realClock(): SandboxClock {
  let offsetMs = 0
  return {
    now: () => new Date(Date.now() + offsetMs),
    advance(milliseconds) {
      offsetMs += assertForward(milliseconds)
    },
  }
}

/** A clock that only `advance` moves, for repeatable tests. */
export function frozenClock(at: Date | string): SandboxClock {
  let nowMs = new Date(at).getTime()
  if (Number.isNaN(nowMs)) {
    throw new SandboxUsageError(
      'INVALID_INPUT',
      'frozenClock got an invalid date: pass a date such as 2026-01-01T00:00:00Z',
    )
  }
  return {
    now: () => new Date(nowMs),
    advance(milliseconds) {
      nowMs += assertForward(milliseconds)
    },
  }
}

const MAX_ADVANCE_MS = 100 * 365 * 24 * 3_600_000

function assertForward(milliseconds: number): number {
  if (milliseconds >= 0 && milliseconds <= MAX_ADVANCE_MS) return milliseconds
  throw new SandboxUsageError(
    'INVALID_INPUT',
    'the clock only moves forward: advance it by 0 ms to a hundred years',
  )
}
