import fc from 'fast-check'
import { describe, test } from 'vitest'
import { device } from '../_device.ts'
import { backends } from '../_service.ts'
import { truncate } from '../_truncate.ts'
import { commands } from './_commands.ts'
import { checkInvariants } from './_invariants.ts'
import type { Model } from './_model.ts'
import { openReal, type Real } from './_real.ts'

/** How many histories run on each backend, and how many commands one may have. */
const RUNS = Number(process.env.KINPASS_MODEL_RUNS ?? 10)
const MAX_COMMANDS = Number(process.env.KINPASS_MODEL_LENGTH ?? 50)
/** Ends a hanging test only: a history takes a second on an idle machine. */
const TIMEOUT_MS = 300_000 + RUNS * 60_000

describe.each(backends)('random login histories on $name', (backend) => {
  test('a random history of logins matches the model and keeps the five invariants', {
    timeout: TIMEOUT_MS,
  }, async () => {
    await using service = await backend.open()
    const real = await openReal(service)
    const histories = fc.commands(commands, { maxCommands: MAX_COMMANDS, size: 'max' })
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        await reset(real)
        let model: Model | undefined
        await fc.asyncModelRun(() => {
          model = createModel(real)
          return { model, real }
        }, history)
        if (model) await checkInvariants(model, real)
      }),
      { numRuns: RUNS, unbiased: true }, // A failure prints its seed.
    )
  })
})

/** Deletes all rows, and closes the circuit breaker of both instances by a login each. */
async function reset({ service, instances, sent, outages }: Real): Promise<void> {
  await truncate(service)
  for (const instance of instances) await device(instance, 'laptop').login(service.wechat.person('carol'))
  await truncate(service)
  sent.clear()
  outages.clear()
}

function createModel({ service }: Real): Model {
  return {
    now: () => service.wechat.clock.now().getTime(),
    people: {
      alice: { status: 'active', isKnown: false },
      bob: { status: 'active', isKnown: false },
    },
    attempts: [],
    sessions: [],
    audit: [],
  }
}
