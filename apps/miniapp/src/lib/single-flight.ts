/** Single-flight: concurrent callers share one promise. */
export interface SingleFlight<Result> {
  /** Joins the call in flight, or starts one. */
  readonly run: () => Promise<Result>
  readonly isInFlight: () => boolean
  /** The next `run` starts a new call, even while one is in flight. */
  readonly forget: () => void
}

export function createSingleFlight<Result>(fn: () => Promise<Result>): SingleFlight<Result> {
  let inFlight: Promise<Result> | undefined
  return {
    run() {
      if (inFlight) return inFlight
      const promise = fn().finally(() => {
        if (inFlight === promise) inFlight = undefined
      })
      inFlight = promise
      return promise
    },
    isInFlight: () => inFlight !== undefined,
    forget() {
      inFlight = undefined
    },
  }
}
