import { z } from 'zod'
import type { IdGenerator } from './id-generator.ts'

const base = {
  /** WeChat's path, such as `/sns/jscode2session`, or its last word; every endpoint when left out. */
  endpoint: z.string().min(1).optional(),
  /** How many calls it hits; 1 when neither `times` nor `share` is given. */
  times: z.number().int().min(1).optional(),
  /** The share of the calls that it hits, chosen by the seed: 0.1 is every tenth. */
  share: z.number().gt(0).max(1).optional(),
}

/**
 * Something that goes wrong with the next calls. `errcode`, `http`, `html`, `reset` and `silence` come before WeChat
 * looks at the call, so nothing is spent; `truncated`, `slow` and `lost` come after, so the code is spent.
 */
export const FaultSeed = z.discriminatedUnion('kind', [
  /** WeChat answers with this errcode, in its own words unless `errmsg` gives others. */
  z.strictObject({
    ...base,
    kind: z.literal('errcode'),
    errcode: z.number().int(),
    errmsg: z.string().optional(),
  }),
  /** A gateway answers with this status and its own HTML page. */
  z.strictObject({ ...base, kind: z.literal('http'), status: z.number().int().min(400).max(599) }),
  /** HTTP 200 with an HTML page, as a captive portal does it. */
  z.strictObject({ ...base, kind: z.literal('html') }),
  /** The first half of the answer, with the length of the whole. */
  z.strictObject({ ...base, kind: z.literal('truncated') }),
  /** The answer comes this many milliseconds late (of the machine's time). */
  z.strictObject({ ...base, kind: z.literal('slow'), ms: z.number().int().min(1).max(600_000) }),
  /** The connection is reset before WeChat has read the call. */
  z.strictObject({ ...base, kind: z.literal('reset') }),
  /** No answer ever comes. */
  z.strictObject({ ...base, kind: z.literal('silence') }),
  /** WeChat does its work, and the connection is cut before the answer. */
  z.strictObject({ ...base, kind: z.literal('lost') }),
])
export type FaultSeed = z.infer<typeof FaultSeed>

export interface Fault {
  readonly id: string
  readonly seed: FaultSeed
  /** Calls that it will still hit; undefined when it stays until it is removed. */
  readonly timesLeft: number | undefined
}

export interface Faults {
  readonly active: readonly Fault[]
  add(seed: FaultSeed): Fault
  /** False when there is none of that id. */
  remove(id: string): boolean
  clear(): void
  /** The fault that hits this call, if any; counted down. */
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
      const before = active.length
      active = active.filter((fault) => fault.id !== id)
      return active.length < before
    },
    clear() {
      active = []
    },
    match(path) {
      const hit = active.find(({ seed }) => concerns(seed, path) && isChosen(seed, ids))
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

function concerns({ endpoint }: FaultSeed, path: string): boolean {
  return endpoint === undefined || endpoint === path || path.endsWith(`/${endpoint}`)
}

function isChosen({ share }: FaultSeed, ids: IdGenerator): boolean {
  return share === undefined || ids.fraction('fault') < share
}
