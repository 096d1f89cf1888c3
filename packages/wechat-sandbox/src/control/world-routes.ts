import { z } from 'zod'
import { parseSeed } from '../seeds.ts'
import type { ControlRoute } from './control-call.ts'

const Advance = z.strictObject({ ms: z.number().min(0) })

export const worldRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sandbox/clock',
    about: 'the time in the sandbox',
    answer: ({ controls }) => ({ now: controls.world().clock.now() }),
  },
  {
    method: 'POST',
    path: '/_sandbox/clock/advance',
    about: 'let time pass: { ms }',
    answer({ controls, input }) {
      const { clock } = controls.world()
      clock.advance(parseSeed(Advance, input, 'the body').ms)
      return { now: clock.now() }
    },
  },
  {
    method: 'GET',
    path: '/_sandbox/calls',
    about: 'the calls that went by',
    answer: ({ controls }) => ({ calls: controls.world().calls.records }),
  },
  {
    method: 'POST',
    path: '/_sandbox/reset',
    about: 'back to the start',
    answer({ controls }) {
      controls.reset()
      return { reset: true }
    },
  },
]
