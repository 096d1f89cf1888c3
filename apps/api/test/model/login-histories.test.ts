import fc from 'fast-check'
import { describe, test } from 'vitest'
import { device } from '../_device.ts'
import { backends } from '../_service.ts'
import { truncate } from '../_truncate.ts'
import { commands } from './_commands.ts'
import { checkInvariants } from './_invariants.ts'
import type { Model } from './_model.ts'
import { openReal, type Real } from './_real.ts'

/** How many histories run on each ground, and how long one may get. */
const runs = Number(process.env.KINPASS_MODEL_RUNS ?? 10)
const longest = Number(process.env.KINPASS_MODEL_LENGTH ?? 50)
const limitMs = 30_000 + runs * 3_000

describe.each(backends)('random histories on $name', (ground) => {
  test('end as the model says, and leave the five invariants standing', {
    timeout: 2 * limitMs,
  }, async () => {
    await using service = await ground.open()
    const real = await openReal(service)
    const histories = fc.commands(commands, { maxCommands: longest, size: 'max' })
    await fc.assert(
      fc.asyncProperty(histories, async (commands) => {
        await settle(real)
        let model: Model | undefined
        await fc.asyncModelRun(() => {
          model = emptyModel(real)
          return { model, real }
        }, commands)
        if (model) await checkInvariants(model, real)
      }),
      { numRuns: runs, unbiased: true, interruptAfterTimeLimit: limitMs, markInterruptAsFailure: true },
    )
  })
})

/** Begins with nobody known and WeChat in reach of both instances. */
async function settle({ service, instances, sent, outages }: Real): Promise<void> {
  await truncate(service)
  for (const instance of instances) await device(instance, 'laptop').login(service.wechat.person('carol'))
  await truncate(service)
  sent.clear()
  outages.clear()
}

function emptyModel({ service }: Real): Model {
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
