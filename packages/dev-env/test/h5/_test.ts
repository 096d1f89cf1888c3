import { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { test as base, expect } from 'vitest'
import { startWorld, type World, type WorldOptions } from '../../src/world/world.ts'
import { WECHAT_TIMEOUT_MS } from '../_timeouts.ts'
import { openTestBrowser, type TestChromium, testChromium } from './_browser.ts'
import { type H5Driver, type H5Options, openH5 } from './_h5-driver.ts'

const require = createRequire(import.meta.url)
const h5 = path.join(path.dirname(require.resolve('@kinpass/miniapp/package.json')), 'dist/h5')

interface Fixtures {
  worldOptions: WorldOptions
  chromium: TestChromium
  /** One per file. */
  world: World
  /** One per file; each `openApp` gets a storage of its own. */
  browser: Browser
  /** Opens the mini-program on a phone. After the test, no page may have logged an error or left this machine. */
  openApp: (options?: H5Options) => Promise<H5Driver>
}

export const test = base.extend<Fixtures>({
  worldOptions: [{ h5, env: { WECHAT_TIMEOUT_MS } }, { scope: 'file' }],
  chromium: [testChromium, { scope: 'file' }],
  world: [
    async ({ worldOptions }, use) => {
      await using world = await startWorld(worldOptions)
      await use(world)
    },
    { scope: 'file' },
  ],
  browser: [
    async ({ chromium }, use) => {
      const browser = await openTestBrowser(chromium)
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
