import { describe, expect, test } from 'vitest'
import { launchTour, textAt } from './_launch.ts'

const faults = { url: 'pages/faults/index' }

describe('what a phone lacks', () => {
  test('the context has none of what Node and browsers have', async () => {
    await using host = await launchTour({}, faults)
    await host.tap('.globals')
    await host.waitFor(() => textAt(host, '.said') === 'Intl')
  })

  test('code from a text gives nothing to call, and does not throw', async () => {
    await using host = await launchTour({}, faults)
    await host.tap('.compile')
    await host.waitFor(() => textAt(host, '.said') === 'object')
  })

  test('what is taken away is gone', async () => {
    await using host = await launchTour({}, { ...faults, without: ['Intl'] })
    await host.tap('.globals')
    await host.waitFor(() => textAt(host, '.said') === 'nothing')
  })
})

describe('promises', () => {
  test('come before timers where they are microtasks', async () => {
    await using host = await launchTour({}, faults)
    await host.tap('.order')
    await host.waitFor(() => textAt(host, '.said') === 'promise then timer')
  })

  test('come in their turn on iOS 15 and below', async () => {
    await using host = await launchTour({}, { ...faults, promises: 'macrotask' })
    await host.tap('.order')
    await host.waitFor(() => textAt(host, '.said') === 'timer then promise')
    expect(host.errors).toEqual([])
  })
})

describe('errors', () => {
  test.each([
    ['.throw', 'thrown in a handler'],
    ['.reject', 'rejected by nobody'],
    ['.throw-later', 'thrown in a timer'],
  ])('%s is kept', async (selector, message) => {
    await using host = await launchTour({}, faults)
    await host.tap(selector)
    await host.waitFor(() => host.errors.length === 1)
    expect(host.errors[0]).toMatchObject({ message })
  })

  test('a call that nobody answers is kept, and fails in the mini-program', async () => {
    await using host = await launchTour({}, faults)
    await host.tap('.unstubbed')
    await host.waitFor(() => textAt(host, '.said')?.startsWith('scanCode:fail not implemented'))
    expect(host.errors).toMatchObject([{ name: 'UnstubbedCall', api: 'scanCode' }])
    expect(host.calls.at(-1)).toMatchObject({ name: 'scanCode' })
  })
})

test('time can be moved', async () => {
  await using host = await launchTour({}, faults)
  await host.tap('.clock')
  const before = Date.now()
  host.advanceClock(240_000)
  const said = await host.waitFor(() => textAt(host, '.said'))
  expect(Number(said.replace('later ', ''))).toBeGreaterThanOrEqual(before + 240_000)
})

test('an event of the phone reaches its listeners', async () => {
  await using host = await launchTour({}, faults)
  await host.tap('.dark')
  await host.waitFor(() => host.calls.some(({ name }) => name === 'onThemeChange'))
  host.emit('onThemeChange', { theme: 'dark' })
  await host.waitFor(() => textAt(host, '.said') === 'theme dark')
})

test('what wx gives belongs to the world of the mini-program', async () => {
  await using host = await launchTour({}, faults)
  await host.tap('.realm')
  await host.waitFor(() => textAt(host, '.said') === 'true true')
})

test('each setData is kept with its size', async () => {
  await using host = await launchTour()
  await host.waitFor(() => textAt(host, '.life') === 'show ready')
  const before = host.setDataSizes.length
  await host.tap('.more')
  await host.waitFor(() => textAt(host, '.count') === 'Tapped 1 times')
  const calls = host.setDataCalls.slice(before)
  expect(calls.map(({ component }) => component)).toEqual(['custom-wrapper', 'pages/home/index'])
  expect(calls[1]?.json).toContain('"1"')
  expect(host.setDataSizes.slice(before)).toEqual(calls.map(({ json }) => Buffer.byteLength(json)))
})
