import { test as base, expect } from 'vitest'
import { startWorld, type WorldOptions } from '../../src/world/world.ts'
import { openVisit, type Visit, type VisitOptions } from './_visit.ts'

/** WeChat warns at 256 KiB; an old telephone is slow long before. */
const largestSetDataBytes = 16 * 1024

/** The tests of a file, all in one world. */
export function testIn(options: WorldOptions = {}) {
  const test = base
    .extend('worldOptions', { scope: 'file' }, options)
    .extend('world', { scope: 'file' }, async ({ worldOptions }, { onCleanup }) => {
      const world = await startWorld(worldOptions)
      onCleanup(() => world[Symbol.asyncDispose]())
      return world
    })
    // Opens the mini-program on a phone; what no visit may do is checked when the test ends.
    .extend('visit', async ({ world }, { onCleanup }) => {
      const visits: Visit[] = []
      onCleanup(async () => {
        world.wechat.faults.clear()
        world.wechat.console().unfreezeSecret()
        for (const visit of visits) await visit[Symbol.asyncDispose]()
        for (const visit of visits) expectNothingAmiss(visit)
      })
      return async (visitOptions?: VisitOptions) => {
        const visit = await openVisit(world, visitOptions)
        visits.push(visit)
        return visit
      }
    })
  // The first test does not pay for the start of the world.
  test.beforeAll(({ world }) => void world)
  return test
}

function expectNothingAmiss({ host }: Visit): void {
  expect(host.errors, 'nothing is uncaught, and no call of wx is unknown').toEqual([])
  expect(host.templateWarnings).toEqual([])
  expect(Math.max(...host.setDataSizes), 'no setData is large').toBeLessThan(largestSetDataBytes)
}
