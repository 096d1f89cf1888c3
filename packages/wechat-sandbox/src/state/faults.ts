import { z } from 'zod'
import type { IdGenerator } from './id-generator.ts'

const base = {
  /** WeChat's path, such as `/sns/jscode2session`, or its last segment; every endpoint when left out. */
  endpoint: z.string().min(1).optional(),
  /** How many calls the fault hits; 1 when neither `times` nor `share` is given. */
  times: z.number().int().min(1).optional(),
  /** The fraction of the calls that the fault hits, chosen by seed and clock: 0.1 is one call in ten. */
  share: z.number().gt(0).max(1).optional(),
}

/**
 * A fault to inject into the next calls. `errcode`, `http`, `html`, `reset` and `silence` happen before WeChat
 * handles the call, so no code is used up; `truncated`, `slow` and `lost` happen after, so the code is used up.
 */
export const FaultSeed = z.discriminatedUnion('kind', [
  /** WeChat responds with this errcode, and with its own text unless `errmsg` is given. */
  z.strictObject({
    ...base,
    kind: z.literal('errcode'),
    errcode: z.number().int(),
    errmsg: z.string().optional(),
  }),
  /** A gateway responds with this status and its own HTML page. */
  z.strictObject({ ...base, kind: z.literal('http'), status: z.number().int().min(400).max(599) }),
  /** HTTP 200 with an HTML page, as from a captive portal. */
  z.strictObject({ ...base, kind: z.literal('html') }),
  /** The first half of the body, under the `content-length` of the whole. */
  z.strictObject({ ...base, kind: z.literal('truncated') }),
  /** The response is delayed by this many milliseconds of the machine's time. */
  z.strictObject({ ...base, kind: z.literal('slow'), ms: z.number().int().min(1).max(600_000) }),
  /** The connection is reset before WeChat handles the call. */
  z.strictObject({ ...base, kind: z.literal('reset') }),
  /** No response is sent and the connection stays open. */
  z.strictObject({ ...base, kind: z.literal('silence') }),
  /** WeChat handles the call; the connection is closed before the response. */
  z.strictObject({ ...base, kind: z.literal('lost') }),
])
export type FaultSeed = z.infer<typeof FaultSeed>

export interface Fault {
  readonly id: string
  readonly seed: FaultSeed
  /** Remaining hits; undefined when the fault stays until it is removed. */
  readonly timesLeft: number | undefined
}

export interface Faults {
  readonly active: readonly Fault[]
  add(seed: FaultSeed): Fault
  /** False for an unknown id. */
  remove(id: string): boolean
  clear(): void
  /** The oldest fault that hits a call to `path`, if any. Each match counts as one of its `times`. */
  match(path: string): FaultSeed | undefined
}

export function createFaults(ids: IdGenerator): Faults {
  let active: Fault[] = []
  let added = 0

  return {
    get active() {
      return active
    },
    add(seed) {
      added += 1
      const times = seed.times ?? (seed.share === undefined ? 1 : undefined)
      const fault = { id: `fault-${added}`, seed, timesLeft: times }
      active = [...active, fault]
      return fault
    },
    remove(id) {
      const countBefore = active.length
      active = active.filter((fault) => fault.id !== id)
      return active.length < countBefore
    },
    clear() {
      active = []
    },
    match(path) {
      const hit = active.find(({ seed }) => appliesTo(seed, path) && isDrawn(seed, ids))
      if (hit?.timesLeft !== undefined) {
        const timesLeft = hit.timesLeft - 1
        active = active.flatMap((fault) =>
          fault !== hit ? [fault] : timesLeft > 0 ? [{ ...hit, timesLeft }] : [],
        )
      }
      return hit?.seed
    },
  }
}

function appliesTo({ endpoint }: FaultSeed, path: string): boolean {
  return endpoint === undefined || endpoint === path || path.endsWith(`/${endpoint}`)
}

function isDrawn({ share }: FaultSeed, ids: IdGenerator): boolean {
  return share === undefined || ids.fraction('fault') < share
}
