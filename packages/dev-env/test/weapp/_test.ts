import { test as base, expect } from 'vitest'
import { startWorld, type World, type WorldOptions } from '../../src/world.ts'
import { openVisit, type Visit, type VisitOptions } from './_visit.ts'

interface Given {
  worldOptions: WorldOptions
  /** One for the whole file. */
  world: World
  /** Opens the mini-program on a phone; what no visit may do is checked when the test ends. */
  visit: (options?: VisitOptions) => Promise<Visit>
}

export const test = base.extend<Given>({
  worldOptions: [{}, { scope: 'file' }],
  world: [
    async ({ worldOptions }, use) => {
      await using world = await startWorld(worldOptions)
      await use(world)
    },
    { scope: 'file' },
  ],
  visit: async ({ world }, use) => {
    const visits: Visit[] = []
    await use(async (options) => {
      const visit = await openVisit(world, options)
      visits.push(visit)
      return visit
    })
    for (const { host } of visits) {
      expect(host.errors, 'nothing is uncaught, and no call of wx is unknown').toEqual([])
      expect(host.templateWarnings).toEqual([])
    }
    for (const visit of visits) await visit[Symbol.asyncDispose]()
  },
})
