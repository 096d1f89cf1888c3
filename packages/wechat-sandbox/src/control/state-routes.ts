import { z } from 'zod'
import { FaultSeed } from '../state/faults.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { type ControlRoute, route } from './route.ts'

const Advance = z.strictObject({ ms: z.number().min(0) })

export const stateRoutes: readonly ControlRoute[] = [
  route({
    on: 'GET /_sandbox/clock',
    about: 'get the time in the sandbox',
    handle: ({ deps }) => ({ now: deps.controls.clock.now() }),
  }),
  route({
    on: 'POST /_sandbox/clock/advance',
    about: 'move the clock forward: { ms }',
    input: Advance,
    handle({ deps: { controls }, input }) {
      controls.clock.advance(input.ms)
      return { now: controls.clock.now() }
    },
  }),
  route({
    on: 'GET /_sandbox/codes',
    about: 'list the valid codes',
    handle: ({ deps }) => ({
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
    about: 'list the newest calls, oldest first',
    handle: ({ deps }) => ({ calls: deps.controls.calls }),
  }),
  route({
    on: 'GET /_sandbox/faults',
    about: 'list the active faults',
    handle: ({ deps }) => ({ faults: deps.controls.faults.active }),
  }),
  route({
    on: 'POST /_sandbox/faults',
    about: `add a fault: { kind, endpoint?, times?, share?, … }, kind is one of ${kinds().join(', ')}`,
    input: FaultSeed,
    handle: ({ deps, input }) => deps.controls.faults.add(input),
  }),
  route({
    on: 'DELETE /_sandbox/faults',
    about: 'remove every fault',
    handle({ deps }) {
      deps.controls.faults.clear()
      return { faults: [] }
    },
  }),
  route({
    on: 'DELETE /_sandbox/faults/:id',
    about: 'remove one fault',
    handle({ deps: { controls }, params }) {
      const id = params.id ?? ''
      if (!controls.faults.remove(id))
        throw new SandboxUsageError('NOT_FOUND', `no fault has the id ${id}: GET /_sandbox/faults lists them`)
      return { faults: controls.faults.active }
    },
  }),
  route({
    on: 'POST /_sandbox/reset',
    about: 'restore the initial state; the clock keeps its time',
    handle({ deps }) {
      deps.controls.reset()
      return { reset: true }
    },
  }),
]

function kinds(): string[] {
  return FaultSeed.options.map(({ shape }) => shape.kind.value)
}
