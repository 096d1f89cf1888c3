/** Many callers, one flight: whoever comes while it is under way waits for the same answer. */
export interface Flight<Answer> {
  readonly join: () => Promise<Answer>
  readonly isUnderWay: () => boolean
  /** Whoever comes next does not wait for the one under way. */
  readonly forget: () => void
}

export function createFlight<Answer>(fly: () => Promise<Answer>): Flight<Answer> {
  let underWay: Promise<Answer> | undefined
  return {
    join() {
      if (underWay) return underWay
      const flight = fly().finally(() => {
        if (underWay === flight) underWay = undefined
      })
      underWay = flight
      return flight
    },
    isUnderWay: () => underWay !== undefined,
    forget() {
      underWay = undefined
    },
  }
}
