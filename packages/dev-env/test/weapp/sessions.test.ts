import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { failureReply, htmlReply } from '../_fixtures.ts'
import { accountZh, zh } from '../_messages.ts'
import { createBanList } from './_members.ts'
import { twoPhones } from './_phones.ts'
import { testIn } from './_test.ts'
import { waitForPopupToClose } from './_weapp-driver.ts'

const bans = createBanList()
const test = testIn({ overrides: bans.overrides })
const { devices } = accountZh
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** An access token lives fifteen minutes, a session a month. */
const accessTokenIsOver = 16 * minute

describe.each(twoPhones)('$platform with $promises promises', (phone) => {
  test('who comes back is known without a popup', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const later = await openApp({ ...phone, person: alice.person, stored: alice.storedData() })
    await later.sees(nickName)
    expect(later.host.text()).not.toContain(zh.login.notNow)
    expect(later.phoneSheets()).toBe(0)
  })

  test('who comes back after the token is over is renewed, and hears nothing of it', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    alice.advanceClocks(accessTokenIsOver)
    const later = await openApp({ ...phone, person: alice.person, stored: alice.storedData() })
    await later.sees(nickName)
    expect(later.proxy.count('session.renew')).toBe(1)
    expect(later.storedToken()).not.toBe(alice.storedToken())
  })

  test('a member on a new phone is in by a login code alone', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const newPhone = await openApp({ ...phone, person: alice.person })
    await newPhone.sees(nickName)
    expect(newPhone.phoneSheets()).toBe(0)
  })

  test('a renewal whose answer is lost is asked for again, and the member stays', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    alice.advanceClocks(accessTokenIsOver)
    alice.proxy.interceptOnce('session.renew', async (forward) => {
      await forward()
      return 'disconnect'
    })
    await alice.taps(await alice.host.waitFor(alice.shownNickName))
    await alice.taps(zh.me.devices)
    await alice.sees(devices.currentDevice)
    expect(alice.proxy.count('session.renew')).toBe(2)
  })
})

test('a token that ends while the app is open is renewed once for the call that finds out', async ({
  openApp,
}) => {
  const alice = await openApp()
  await alice.logsIn()
  alice.advanceClocks(accessTokenIsOver)
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  await alice.taps(zh.me.devices)
  await alice.sees(devices.currentDevice)
  expect(alice.proxy.count('session.renew')).toBe(1)
  expect(alice.proxy.count('session.list')).toBe(1)
})

test('who comes back after a month away is in by a login code', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  const nickName = await alice.host.waitFor(alice.shownNickName)
  alice.advanceClocks(31 * day)
  const later = await openApp({ person: alice.person, stored: alice.storedData() })
  await later.sees(nickName)
  expect(later.proxy.count('session.renew')).toBe(1)
  expect(later.proxy.count('session.resume')).toBe(1)
  expect(later.phoneSheets()).toBe(0)
})

test('a network that is away at launch logs nobody out', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  const nickName = await alice.host.waitFor(alice.shownNickName)
  const later = await openApp({ person: alice.person, stored: alice.storedData(), isOnline: false })
  await later.taps(zh.me.entrance)
  await later.sees(zh.errors.network.offline.title)
  expect(later.storedToken()).toBeDefined()
  later.phone.network.isOnline = true
  await later.taps(zh.me.retry)
  await later.sees(nickName)
})

test('a launch without a network leaves a guest in peace', async ({ openApp }) => {
  const alice = await openApp({ isOnline: false })
  await alice.sees(zh.day.title, zh.me.entrance)
  alice.phone.network.isOnline = true
  await alice.logsIn()
})

test('a server that prepares nothing costs nobody the login', async ({ openApp }) => {
  const alice = await openApp()
  for (const answer of [htmlReply(502), failureReply('INTERNAL')]) {
    alice.proxy.interceptOnce('session.resume', async () => answer)
    alice.proxy.interceptOnce('session.prepare', async () => answer)
  }
  await alice.logsIn()
})

test('a login that was prepared costs one call of WeChat after the tap', async ({ openApp, world }) => {
  const alice = await openApp()
  await openPopup(alice)
  const asked = () => world.wechat.calls.filter(({ person }) => person === alice.person.name)
  await alice.host.waitFor(() => asked().length === 1)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
  expect(asked().map(({ endpoint }) => endpoint)).toEqual([
    '/sns/jscode2session',
    '/wxa/business/getuserphonenumber',
  ])
})

test('a popup that opens before WeChat knows the member greets them without a tap', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  const again = await openApp({ person: alice.person })
  again.proxy.interceptOnce('session.resume', async (forward) => {
    await again.host.waitFor(() => again.host.text().includes(zh.login.notNow))
    return await forward()
  })
  await again.taps(zh.day.visit)
  await again.sees(zh.login.welcomeBack)
  await waitForPopupToClose(again)
  await again.sees(zh.day.events.yourVisit.title)
  expect(again.phoneSheets()).toBe(0)
})

test('logging out holds when the app is shown again, and until the person asks', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  const atLaunch = alice.proxy.count('session.resume')
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  await alice.taps(zh.me.logout)
  alice.host.background()
  alice.advanceClocks(hour)
  alice.host.foreground()
  await alice.sees(zh.me.guest.title)
  await alice.taps(zh.me.login)
  await alice.sees(zh.login.notNow)
  await alice.host.waitFor(() => alice.proxy.count('session.prepare') > 0)
  expect(alice.proxy.count('session.resume')).toBe(atLaunch)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeBack)
  expect(alice.phoneSheets()).toBe(2)
})

test('a log-out without a network is one all the same', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  alice.phone.network.isOnline = false
  await alice.taps(zh.me.logout)
  await alice.sees(zh.me.guest.title)
  expect(alice.storedToken()).toBeUndefined()
})

test('a member who is banned is a guest at the next start, with no popup', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  const nickName = await alice.host.waitFor(alice.shownNickName)
  bans.add(alice.person.openId)
  alice.advanceClocks(accessTokenIsOver)
  const later = await openApp({ person: alice.person, stored: alice.storedData() })
  await later.sees(zh.me.entrance)
  expect(later.host.text()).not.toContain(nickName)
  expect(later.host.text()).not.toContain(zh.login.notNow)
})

describe.each([
  ['an hour behind', 'phone'],
  ['an hour ahead', 'server'],
] as const)('a server whose clock is %s of the phone', (_, whoIsAhead) => {
  test('lets the person in, and renews no more than it must', async ({ openApp, world }) => {
    const alice = await openApp()
    if (whoIsAhead === 'phone') alice.host.advanceClock(hour)
    else world.wechat.clock.advance(hour)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    await alice.taps(nickName)
    await alice.taps(zh.me.devices)
    await alice.sees(devices.currentDevice)
    expect(alice.proxy.count('session.renew')).toBe(0)
    alice.advanceClocks(accessTokenIsOver)
    alice.host.callPage('onPullDownRefresh')
    await alice.host.waitFor(() => alice.proxy.count('session.renew') === 1)
    await alice.sees(devices.currentDevice)
  })
})
