import type { LoginOutput } from '@kinpass/contracts'
import { describe, expect } from 'vitest'
import { countCharges } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { createDeferred } from '../_deferred.ts'
import { zh } from '../_messages.ts'
import { phones, twoPhones } from './_phones.ts'
import { testIn } from './_test.ts'

const test = testIn()
const { network } = zh.errors
const MINUTE_MS = 60_000

describe.each(phones)('$platform with $promises promises', (phone) => {
  test('a login without a network shows an error, and a retry logs in', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.phone.network.isOnline = false
    await alice.tapsPhoneButton()
    await alice.sees(network.offline.title, network.offline.body)
    expect(alice.host.text()).not.toContain(zh.login.submitting)

    alice.phone.network.isOnline = true
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
  })

  test('a login whose connection is cut shows an error, and a retry logs in without a second charge', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.proxy.interceptOnce('login', async (forward) => {
      const response = await forward()
      alice.phone.network.cut()
      return response
    })
    await alice.tapsPhoneButton()
    await alice.sees(network.interrupted.title)
    expect(alice.host.text()).not.toContain(zh.login.submitting)

    const charges = countCharges(world)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(charges()).toBe(0)
  })
})

describe.each(twoPhones)('$platform with $promises promises', (phone) => {
  test('a retry after a lost response gets the same session without a second call of WeChat', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    const bodies: string[] = []
    alice.proxy.interceptOnce('login', async (forward) => {
      bodies.push((await forward()).body)
      return 'disconnect'
    })
    alice.proxy.interceptOnce('login', async (forward) => {
      const response = await forward()
      bodies.push(response.body)
      return response
    })
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.recovery.retry)
    expect(alice.host.text()).not.toContain(zh.login.submitting)

    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    const [lost, retried] = bodies.map(sessionOf)
    expect(retried).toEqual(lost)
    expect(alice.phoneSheets()).toBe(1)
    const wechatCalls = world.wechat.calls.filter(({ person }) => person === alice.person.name)
    expect(wechatCalls.map(({ endpoint }) => endpoint)).toEqual([
      '/sns/jscode2session',
      '/wxa/business/getuserphonenumber',
    ])
  })
})

test('a login without a response times out with an error, and a retry logs in', async ({ openApp }) => {
  const alice = await openApp()
  await openPopup(alice)
  const late = createDeferred()
  alice.proxy.interceptOnce('login', async (forward) => {
    await late.promise
    return forward()
  })
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.submitting)
  await alice.host.waitFor(() => alice.proxy.count('login') === 1)
  alice.advanceClocks(MINUTE_MS)
  await alice.sees(network.timeout.title, network.timeout.body)
  late.resolve()
  await alice.taps(zh.login.recovery.retry)
  await alice.sees(zh.login.welcomeNew)
  expect(alice.phoneSheets()).toBe(1)
})

test('a person who leaves WeChat during a login sees an error on return, and a retry logs in', async ({
  openApp,
}) => {
  const alice = await openApp({ platform: 'android' })
  await openPopup(alice)
  let isInBackground = false
  alice.proxy.interceptOnce('login', async (forward) => {
    const response = await forward()
    alice.host.background()
    alice.phone.network.cut('interrupted')
    isInBackground = true
    return response
  })
  await alice.tapsPhoneButton()
  await alice.host.waitFor(() => isInBackground)
  alice.host.foreground()
  await alice.sees(network.interrupted.title)
  await alice.taps(zh.login.recovery.retry)
  await alice.sees(zh.login.welcomeNew)
})

/** The parts of a login response that do not depend on the time it was created. */
function sessionOf(body: string): unknown {
  const { result } = JSON.parse(body) as { result: { data: LoginOutput } }
  const { token, member, refreshToken } = result.data
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  const { sid } = JSON.parse(payload) as { sid?: string }
  return { sid, member, refreshToken }
}
