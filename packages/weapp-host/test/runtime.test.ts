import { describe, expect, test } from 'vitest'
import { getText, launchTour } from './_launch.ts'

const runtimePage = { url: 'pages/runtime/index' }

describe('globals of the runtime', () => {
  test('a mini-program has no globals of Node or browsers', async () => {
    await using host = await launchTour({}, runtimePage)
    await host.tap('.globals')
    await host.waitFor(() => getText(host, '.output') === 'Intl')
  })

  test('new Function returns an object that cannot be called, and does not throw', async () => {
    await using host = await launchTour({}, runtimePage)
    await host.tap('.compile')
    await host.waitFor(() => getText(host, '.output') === 'object')
  })

  test('a global listed in without does not exist', async () => {
    await using host = await launchTour({}, { ...runtimePage, without: ['Intl'] })
    await host.tap('.globals')
    await host.waitFor(() => getText(host, '.output') === 'nothing')
  })
})

describe('promises', () => {
  test('a microtask promise calls back before a timer', async () => {
    await using host = await launchTour({}, runtimePage)
    await host.tap('.order')
    await host.waitFor(() => getText(host, '.output') === 'promise then timer')
  })

  test('a macrotask promise, as on iOS 15, calls back after an earlier timer', async () => {
    await using host = await launchTour({}, { ...runtimePage, promises: 'macrotask' })
    await host.tap('.order')
    await host.waitFor(() => getText(host, '.output') === 'timer then promise')
    expect(host.errors).toEqual([])
  })
})

describe('recorded errors', () => {
  test.each([
    ['.throw', 'thrown in an event handler'],
    ['.reject', 'an unhandled rejection'],
    ['.throw-later', 'thrown in a timer'],
  ])('the error after a tap on %s is in host.errors: %s', async (selector, message) => {
    await using host = await launchTour({}, runtimePage)
    await host.tap(selector)
    await host.waitFor(() => host.errors.length === 1)
    expect(host.errors[0]).toMatchObject({ message })
  })

  test('a call without a stub fails in the mini-program and is in host.errors', async () => {
    await using host = await launchTour({}, runtimePage)
    await host.tap('.unstubbed')
    await host.waitFor(() => getText(host, '.output')?.startsWith('scanCode:fail not implemented'))
    expect(host.errors).toMatchObject([{ name: 'UnstubbedCallError', api: 'scanCode' }])
    expect(host.calls.at(-1)).toMatchObject({ name: 'scanCode' })
  })
})

test('advanceClock moves the timers and the Date of the mini-program', async () => {
  await using host = await launchTour({}, runtimePage)
  await host.tap('.clock')
  const before = Date.now()
  host.advanceClock(240_000)
  const output = await host.waitFor(() => getText(host, '.output'))
  expect(Number(output.replace('later ', ''))).toBeGreaterThanOrEqual(before + 240_000)
})

test('host.emit calls the listeners of wx.onThemeChange', async () => {
  await using host = await launchTour({}, runtimePage)
  await host.tap('.dark')
  await host.waitFor(() => host.calls.some(({ name }) => name === 'onThemeChange'))
  host.emit('onThemeChange', { theme: 'dark' })
  await host.waitFor(() => getText(host, '.output') === 'theme dark')
})

test("objects that wx returns belong to the mini-program's realm", async () => {
  await using host = await launchTour({}, runtimePage)
  await host.tap('.realm')
  await host.waitFor(() => getText(host, '.output') === 'true true')
})

test('each setData call is recorded with its size', async () => {
  await using host = await launchTour()
  await host.waitFor(() => getText(host, '.events') === 'show ready')
  const before = host.setDataSizes.length
  await host.tap('.more')
  await host.waitFor(() => getText(host, '.count') === 'Tapped 1 times')
  const calls = host.setDataCalls.slice(before)
  expect(calls.map(({ component }) => component)).toEqual(['custom-wrapper', 'pages/home/index'])
  expect(calls[1]?.json).toContain('"1"')
  expect(host.setDataSizes.slice(before)).toEqual(calls.map(({ json }) => Buffer.byteLength(json)))
})
