import { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { test as base, expect, vi } from 'vitest'
import { startWorld, type World, type WorldOptions } from '../../src/world/world.ts'
import { type Chromium, foundChromium, openBrowser } from './_browser.ts'
import { openVisit, type Visit, type VisitOptions } from './_visit.ts'

// A page that loads on a busy machine takes its time; what it shows is waited for in the visit.
vi.setConfig({ testTimeout: 90_000 })

const require = createRequire(import.meta.url)
const h5 = path.join(path.dirname(require.resolve('@kinpass/miniapp/package.json')), 'dist/h5')

interface Given {
  worldOptions: WorldOptions
  chromium: Chromium
  /** One for the whole file. */
  world: World
  /** One for the whole file; each visit has its own storage in it. */
  browser: Browser
  /** Opens the mini-program on a phone; what no page may do is checked when the test ends. */
  visit: (options?: VisitOptions) => Promise<Visit>
}

export const test = base.extend<Given>({
  worldOptions: [{ h5 }, { scope: 'file' }],
  chromium: [{ executable: foundChromium }, { scope: 'file' }],
  world: [
    async ({ worldOptions }, use) => {
      await using world = await startWorld(worldOptions)
      await use(world)
    },
    { scope: 'file' },
  ],
  browser: [
    async ({ chromium }, use) => {
      const browser = await openBrowser(chromium)
      await use(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  visit: async ({ world, browser }, use) => {
    const visits: Visit[] = []
    await use(async (options) => {
      const visit = await openVisit(world, browser, options)
      visits.push(visit)
      return visit
    })
    for (const { complaints, strangers } of visits) {
      expect(complaints, 'nothing is uncaught, and the console stays silent').toEqual([])
      expect(strangers, 'no request leaves this machine').toEqual([])
    }
    for (const visit of visits) await visit[Symbol.asyncDispose]()
  },
})
