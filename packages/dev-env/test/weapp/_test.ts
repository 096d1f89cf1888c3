import { test as base, expect } from 'vitest'
import { startWorld, type WorldOptions } from '../../src/world/world.ts'
import { WECHAT_TIMEOUT_MS } from '../_timeouts.ts'
import { openWeapp, type WeappDriver, type WeappOptions } from './_weapp-driver.ts'

/** WeChat warns at 256 KiB, but an old phone is slow far below that. */
const MAX_SET_DATA_BYTES = 16 * 1024

/** Returns a `test` whose tests share one world. */
export function testIn({ env, ...options }: WorldOptions = {}) {
  const test = base
    .extend('worldOptions', { scope: 'file' }, { ...options, env: { WECHAT_TIMEOUT_MS, ...env } })
    .extend('world', { scope: 'file' }, async ({ worldOptions }, { onCleanup }) => {
      const world = await startWorld(worldOptions)
      onCleanup(() => world[Symbol.asyncDispose]())
      return world
    })
    // Opens the mini-program on a phone, and asserts after the test what holds for every phone.
    .extend('openApp', async ({ world }, { onCleanup }) => {
      const drivers: WeappDriver[] = []
      onCleanup(async () => {
        world.wechat.faults.clear()
        world.wechat.console().unfreezeSecret()
        for (const driver of drivers) await driver[Symbol.asyncDispose]()
        for (const driver of drivers) expectHealthyHost(driver)
      })
      return async (weappOptions?: WeappOptions) => {
        const driver = await openWeapp(world, weappOptions)
        drivers.push(driver)
        return driver
      }
    })
  // Starts the world outside the time limit of the first test.
  test.beforeAll(({ world }) => void world)
  return test
}

function expectHealthyHost({ host }: WeappDriver): void {
  expect(host.errors, 'nothing is uncaught, and every wx function is stubbed').toEqual([])
  expect(host.templateWarnings).toEqual([])
  expect(Math.max(...host.setDataSizes), 'bytes of the largest setData').toBeLessThan(MAX_SET_DATA_BYTES)
}
