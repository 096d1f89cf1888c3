import { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { test as base, expect } from 'vitest'
import { startWorld, type World } from '../../src/world/world.ts'
import { WECHAT_TIMEOUT_MS } from '../_timeouts.ts'
import { openTestBrowser } from './_browser.ts'
import { type H5Driver, type H5Options, openH5 } from './_h5-driver.ts'

const require = createRequire(import.meta.url)
const h5 = path.join(path.dirname(require.resolve('@kinpass/miniapp/package.json')), 'dist/h5')

interface Fixtures {
  /** One per file. */
  world: World
  /** One per file; each `openApp` gets a storage of its own. */
  browser: Browser
  /** Opens the mini-program on a phone. After the test, no page may have logged an error or left this machine. */
  openApp: (options?: H5Options) => Promise<H5Driver>
}

export const test = base.extend<Fixtures>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the needed fixtures from the pattern.
    async ({}, use) => {
      await using world = await startWorld({ h5, env: { WECHAT_TIMEOUT_MS } })
      await use(world)
    },
    { scope: 'file' },
  ],
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the needed fixtures from the pattern.
    async ({}, use) => {
      const browser = await openTestBrowser()
      await use(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  openApp: async ({ world, browser }, use) => {
    const drivers: H5Driver[] = []
    await use(async (options) => {
      const driver = await openH5(world, browser, options)
      drivers.push(driver)
      return driver
    })
    for (const { errors, externalRequests } of drivers) {
      expect(errors, 'the page throws nothing and logs no error').toEqual([])
      expect(externalRequests, 'every request goes to this machine').toEqual([])
    }
    for (const driver of drivers) await driver[Symbol.asyncDispose]()
  },
})
