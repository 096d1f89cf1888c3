/** Many callers, one flight: whoever comes while it is under way waits for the same answer. */
export interface SingleFlight<Answer> {
  readonly run: () => Promise<Answer>
  readonly isInFlight: () => boolean
  /** Whoever comes next does not wait for the one under way. */
  readonly forget: () => void
}

export function createSingleFlight<Answer>(fly: () => Promise<Answer>): SingleFlight<Answer> {
  let underWay: Promise<Answer> | undefined
  return {
    run() {
      if (underWay) return underWay
      const flight = fly().finally(() => {
        if (underWay === flight) underWay = undefined
      })
      underWay = flight
      return flight
    },
    isInFlight: () => underWay !== undefined,
    forget() {
      underWay = undefined
    },
  }
}
