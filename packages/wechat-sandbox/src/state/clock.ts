import { SandboxUsageError } from './sandbox-usage-error.ts'

/** The time inside the sandbox. Every lifetime, quota window, rid and watermark is read from it. */
export interface SandboxClock {
  now(): Date
  /** Moves the sandbox's time forward; the time of the machine is not touched. */
  advance(milliseconds: number): void
}

/** The machine's time plus whatever has been advanced. */
export function realClock(): SandboxClock {
  let offset = 0
  return {
    now: () => new Date(Date.now() + offset),
    advance(milliseconds) {
      offset += forward(milliseconds)
    },
  }
}

/** A clock that stands still until it is advanced, so that a run can be repeated to the byte. */
export function frozenClock(at: Date | string): SandboxClock {
  let time = new Date(at).getTime()
  if (Number.isNaN(time))
    throw new SandboxUsageError('INVALID_INPUT', 'frozenClock needs a date such as 2026-01-01T00:00:00Z')
  return {
    now: () => new Date(time),
    advance(milliseconds) {
      time += forward(milliseconds)
    },
  }
}

const A_CENTURY = 100 * 365 * 24 * 3_600_000

function forward(milliseconds: number): number {
  if (milliseconds >= 0 && milliseconds <= A_CENTURY) return milliseconds
  throw new SandboxUsageError('INVALID_INPUT', 'time only goes forward, at most a hundred years at once')
}
