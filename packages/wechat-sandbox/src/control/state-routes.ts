import { z } from 'zod'
import { FaultSeed } from '../state/faults.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { type ControlRoute, route } from './control-call.ts'

const Advance = z.strictObject({ ms: z.number().min(0) })

export const worldRoutes: readonly ControlRoute[] = [
  route({
    on: 'GET /_sandbox/clock',
    about: 'the time in the sandbox',
    answer: ({ deps }) => ({ now: deps.controls.clock.now() }),
  }),
  route({
    on: 'POST /_sandbox/clock/advance',
    about: 'let time pass: { ms }',
    input: Advance,
    answer({ deps: { controls }, input }) {
      controls.clock.advance(input.ms)
      return { now: controls.clock.now() }
    },
  }),
  route({
    on: 'GET /_sandbox/codes',
    about: 'the codes that still work',
    answer: ({ deps }) => ({
      codes: deps
        .state()
        .codes.valid()
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
    answer: ({ deps }) => ({ calls: deps.controls.calls }),
  }),
  route({
    on: 'GET /_sandbox/faults',
    about: 'the faults that wait for a call',
    answer: ({ deps }) => ({ faults: deps.controls.faults.active }),
  }),
  route({
    on: 'POST /_sandbox/faults',
    about: `add a fault: { kind, endpoint?, times?, share?, … }, kind ${kinds().join(', ')}`,
    input: FaultSeed,
    answer: ({ deps, input }) => deps.controls.faults.add(input),
  }),
  route({
    on: 'DELETE /_sandbox/faults',
    about: 'remove every fault',
    answer({ deps }) {
      deps.controls.faults.clear()
      return { faults: [] }
    },
  }),
  route({
    on: 'DELETE /_sandbox/faults/:id',
    about: 'remove one fault',
    answer({ deps: { controls }, params }) {
      const id = params.id ?? ''
      if (!controls.faults.remove(id)) throw new SandboxUsageError('NOT_FOUND', `there is no fault ${id}`)
      return { faults: controls.faults.active }
    },
  }),
  route({
    on: 'POST /_sandbox/reset',
    about: 'back to the start; the clock goes on',
    answer({ deps }) {
      deps.controls.reset()
      return { reset: true }
    },
  }),
]

function kinds(): string[] {
  return FaultSeed.options.map(({ shape }) => shape.kind.value)
}
