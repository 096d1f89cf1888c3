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
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Longer than the lifetime of an access token: 15 minutes. */
const TOKEN_EXPIRY_MS = 16 * MINUTE_MS
/** Longer than the idle time of a session: 30 days. */
const SESSION_EXPIRY_MS = 31 * DAY_MS

describe.each(twoPhones)('$platform with $promises promises', (phone) => {
  test('a member is restored at the next launch without a popup', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const later = await openApp({ ...phone, person: alice.person, stored: alice.storedData() })
    await later.sees(nickName)
    expect(later.host.text()).not.toContain(zh.login.notNow)
    expect(later.phoneSheets()).toBe(0)
  })

  test('an expired access token is renewed at the next launch without a popup', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    alice.advanceClocks(TOKEN_EXPIRY_MS)
    const later = await openApp({ ...phone, person: alice.person, stored: alice.storedData() })
    await later.sees(nickName)
    expect(later.proxy.count('session.renew')).toBe(1)
    expect(later.storedToken()).not.toBe(alice.storedToken())
  })

  test('a member on a new phone is logged in by the login code alone', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const newPhone = await openApp({ ...phone, person: alice.person })
    await newPhone.sees(nickName)
    expect(newPhone.phoneSheets()).toBe(0)
  })

  test('a renewal whose response is lost is retried, and the member stays logged in', async ({ openApp }) => {
    const alice = await openApp(phone)
    await alice.logsIn()
    alice.advanceClocks(TOKEN_EXPIRY_MS)
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

test('an access token that expires while the app is open is renewed once, before the next call', async ({
  openApp,
}) => {
  const alice = await openApp()
  await alice.logsIn()
  alice.advanceClocks(TOKEN_EXPIRY_MS)
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  await alice.taps(zh.me.devices)
  await alice.sees(devices.currentDevice)
  expect(alice.proxy.count('session.renew')).toBe(1)
  expect(alice.proxy.count('session.list')).toBe(1)
})

test('a member whose session has expired is logged in by the login code', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  const nickName = await alice.host.waitFor(alice.shownNickName)
  alice.advanceClocks(SESSION_EXPIRY_MS)
  const later = await openApp({ person: alice.person, stored: alice.storedData() })
  await later.sees(nickName)
  expect(later.proxy.count('session.renew')).toBe(1)
  expect(later.proxy.count('session.resume')).toBe(1)
  expect(later.phoneSheets()).toBe(0)
})

test('a member stays logged in when the network is unavailable at launch', async ({ openApp }) => {
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

test('a guest who launches the app without a network sees the home page, and can log in later', async ({
  openApp,
}) => {
  const alice = await openApp({ isOnline: false })
  await alice.sees(zh.day.title, zh.me.entrance)
  alice.phone.network.isOnline = true
  await alice.logsIn()
})

test('a login succeeds when session.resume and session.prepare fail', async ({ openApp }) => {
  const alice = await openApp()
  for (const reply of [htmlReply(502), failureReply('INTERNAL')]) {
    alice.proxy.interceptOnce('session.resume', async () => reply)
    alice.proxy.interceptOnce('session.prepare', async () => reply)
  }
  await alice.logsIn()
})

test('a login after session.prepare calls WeChat once after the tap', async ({ openApp, world }) => {
  const alice = await openApp()
  await openPopup(alice)
  const wechatCalls = () => world.wechat.calls.filter(({ person }) => person === alice.person.name)
  await alice.host.waitFor(() => wechatCalls().length === 1)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
  expect(wechatCalls().map(({ endpoint }) => endpoint)).toEqual([
    '/sns/jscode2session',
    '/wxa/business/getuserphonenumber',
  ])
})

test('a popup that opens before the member is restored welcomes them without a tap', async ({ openApp }) => {
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

test('a logged-out phone is not restored when the app is shown again, and logs in on request', async ({
  openApp,
}) => {
  const alice = await openApp()
  await alice.logsIn()
  const atLaunch = alice.proxy.count('session.resume')
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  await alice.taps(zh.me.logout)
  alice.host.background()
  alice.advanceClocks(HOUR_MS)
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

test('logging out without a network removes the token', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  alice.phone.network.isOnline = false
  await alice.taps(zh.me.logout)
  await alice.sees(zh.me.guest.title)
  expect(alice.storedToken()).toBeUndefined()
})

test('a banned member is a guest at the next launch, without a popup', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  const nickName = await alice.host.waitFor(alice.shownNickName)
  bans.add(alice.person.openId)
  alice.advanceClocks(TOKEN_EXPIRY_MS)
  const later = await openApp({ person: alice.person, stored: alice.storedData() })
  await later.sees(zh.me.entrance)
  await later.host.waitFor(() => later.storedToken() === undefined)
  expect(later.host.text()).not.toContain(nickName)
  expect(later.host.text()).not.toContain(zh.login.notNow)
})

describe.each([
  ['an hour behind', 'phone'],
  ['an hour ahead of', 'server'],
] as const)('a server clock %s the phone', (_offset, ahead) => {
  test('a wrong clock of the phone changes neither the login nor the number of renewals', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp()
    if (ahead === 'phone') alice.host.advanceClock(HOUR_MS)
    else world.wechat.clock.advance(HOUR_MS)
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    await alice.taps(nickName)
    await alice.taps(zh.me.devices)
    await alice.sees(devices.currentDevice)
    expect(alice.proxy.count('session.renew')).toBe(0)
    alice.advanceClocks(TOKEN_EXPIRY_MS)
    alice.host.callPage('onPullDownRefresh')
    await alice.host.waitFor(() => alice.proxy.count('session.renew') === 1)
    await alice.sees(devices.currentDevice)
  })
})
