import { z } from 'zod'
import { FaultSeed } from '../state/faults.ts'
import { SandboxMisused } from '../state/sandbox-usage-error.ts'
import { type ControlRoute, route } from './control-call.ts'

const Advance = z.strictObject({ ms: z.number().min(0) })

export const worldRoutes: readonly ControlRoute[] = [
  route({
    on: 'GET /_sandbox/clock',
    about: 'the time in the sandbox',
    answer: ({ controls }) => ({ now: controls.steerable.clock.now() }),
  }),
  route({
    on: 'POST /_sandbox/clock/advance',
    about: 'let time pass: { ms }',
    input: Advance,
    answer({ controls: { steerable }, input }) {
      steerable.clock.advance(input.ms)
      return { now: steerable.clock.now() }
    },
  }),
  route({
    on: 'GET /_sandbox/codes',
    about: 'the codes that still work',
    answer: ({ controls }) => ({
      codes: controls
        .world()
        .codes.live()
        .map(({ kind, value, person, app, issuedAt }) => ({
          kind,
          code: value,
          person: person.name,
          appId: app.appId,
          issuedAt: new Date(issuedAt),
        })),
    }),
  }),
  route({
    on: 'GET /_sandbox/calls',
    about: 'the calls that went by, oldest first',
    answer: ({ controls }) => ({ calls: controls.steerable.calls }),
  }),
  route({
    on: 'GET /_sandbox/faults',
    about: 'the faults that wait for a call',
    answer: ({ controls }) => ({ faults: controls.steerable.faults.active }),
  }),
  route({
    on: 'POST /_sandbox/faults',
    about: `add a fault: { kind, endpoint?, times?, share?, … }, kind ${kinds().join(', ')}`,
    input: FaultSeed,
    answer: ({ controls, input }) => controls.steerable.faults.add(input),
  }),
  route({
    on: 'DELETE /_sandbox/faults',
    about: 'remove every fault',
    answer({ controls }) {
      controls.steerable.faults.clear()
      return { faults: [] }
    },
  }),
  route({
    on: 'DELETE /_sandbox/faults/:id',
    about: 'remove one fault',
    answer({ controls: { steerable }, params }) {
      const id = params.id ?? ''
      if (!steerable.faults.remove(id)) throw new SandboxMisused('NOT_FOUND', `there is no fault ${id}`)
      return { faults: steerable.faults.active }
    },
  }),
  route({
    on: 'POST /_sandbox/reset',
    about: 'back to the start; the clock goes on',
    answer({ controls }) {
      controls.steerable.reset()
      return { reset: true }
    },
  }),
]

function kinds(): string[] {
  return FaultSeed.options.map(({ shape }) => shape.kind.value)
}
