import { describe, expect } from 'vitest'
import { failureAnswer, htmlPage } from './_answers.ts'
import { createBans } from './_bans.ts'
import { twoPhones } from './_phones.ts'
import { testIn } from './_test.ts'
import { logIn, openPopup, untilPopupIsGone } from './_visit.ts'
import { accountWords, words } from './_words.ts'

const bans = createBans()
const test = testIn({ overrides: bans.overrides })
const { devices } = accountWords
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** An access token lives fifteen minutes, a session a month. */
const accessTokenIsOver = 16 * minute

describe.each(twoPhones)('$platform, promises as $promises', (phone) => {
  test('who comes back is known without a popup', async ({ visit }) => {
    const alice = await visit(phone)
    await logIn(alice)
    const nickName = await alice.host.waitFor(alice.nameShown)
    const later = await visit({ ...phone, person: alice.person, stored: alice.storage() })
    await later.sees(nickName)
    expect(later.host.text()).not.toContain(words.login.notNow)
    expect(later.sheets()).toBe(0)
  })

  test('who comes back after the token is over is renewed, and hears nothing of it', async ({ visit }) => {
    const alice = await visit(phone)
    await logIn(alice)
    const nickName = await alice.host.waitFor(alice.nameShown)
    alice.waits(accessTokenIsOver)
    const later = await visit({ ...phone, person: alice.person, stored: alice.storage() })
    await later.sees(nickName)
    expect(later.gateway.count('session.renew')).toBe(1)
    expect(later.keptToken()).not.toBe(alice.keptToken())
  })

  test('a member on a new phone is in by a login code alone', async ({ visit }) => {
    const alice = await visit(phone)
    await logIn(alice)
    const nickName = await alice.host.waitFor(alice.nameShown)
    const newPhone = await visit({ ...phone, person: alice.person })
    await newPhone.sees(nickName)
    expect(newPhone.sheets()).toBe(0)
  })

  test('a renewal whose answer is lost is asked for again, and the member stays', async ({ visit }) => {
    const alice = await visit(phone)
    await logIn(alice)
    alice.waits(accessTokenIsOver)
    alice.gateway.plan('session.renew', async (passOn) => {
      await passOn()
      return 'lost'
    })
    await alice.taps(await alice.host.waitFor(alice.nameShown))
    await alice.taps(words.me.devices)
    await alice.sees(devices.thisOne)
    expect(alice.gateway.count('session.renew')).toBe(2)
  })
})

test('a token that ends while the app is open is renewed once for the call that finds out', async ({
  visit,
}) => {
  const alice = await visit()
  await logIn(alice)
  alice.waits(accessTokenIsOver)
  await alice.taps(await alice.host.waitFor(alice.nameShown))
  await alice.taps(words.me.devices)
  await alice.sees(devices.thisOne)
  expect(alice.gateway.count('session.renew')).toBe(1)
  expect(alice.gateway.count('session.list')).toBe(1)
})

test('who comes back after a month away is in by a login code', async ({ visit }) => {
  const alice = await visit()
  await logIn(alice)
  const nickName = await alice.host.waitFor(alice.nameShown)
  alice.waits(31 * day)
  const later = await visit({ person: alice.person, stored: alice.storage() })
  await later.sees(nickName)
  expect(later.gateway.count('session.renew')).toBe(1)
  expect(later.gateway.count('session.resume')).toBe(1)
  expect(later.sheets()).toBe(0)
})

test('a network that is away at launch logs nobody out', async ({ visit }) => {
  const alice = await visit()
  await logIn(alice)
  const nickName = await alice.host.waitFor(alice.nameShown)
  const later = await visit({ person: alice.person, stored: alice.storage(), isOnline: false })
  await later.taps(words.me.entrance)
  await later.sees(words.errors.network.offline.title)
  expect(later.keptToken()).toBeDefined()
  later.phone.network.isOnline = true
  await later.taps(words.me.retry)
  await later.sees(nickName)
})

test('a launch without a network leaves a guest in peace', async ({ visit }) => {
  const alice = await visit({ isOnline: false })
  await alice.sees(words.day.title, words.me.entrance)
  alice.phone.network.isOnline = true
  await logIn(alice)
})

test('a server that prepares nothing costs nobody the login', async ({ visit }) => {
  const alice = await visit()
  for (const answer of [htmlPage(502), failureAnswer('INTERNAL')]) {
    alice.gateway.plan('session.resume', async () => answer)
    alice.gateway.plan('session.prepare', async () => answer)
  }
  await logIn(alice)
})

test('a login that was prepared costs one call of WeChat after the tap', async ({ visit, world }) => {
  const alice = await visit()
  await openPopup(alice)
  const asked = () => world.wechat.calls.filter(({ person }) => person === alice.person.name)
  await alice.host.waitFor(() => asked().length === 1)
  await alice.tapsPhoneButton()
  await alice.sees(words.login.welcomeNew)
  expect(asked().map(({ endpoint }) => endpoint)).toEqual([
    '/sns/jscode2session',
    '/wxa/business/getuserphonenumber',
  ])
})

test('a popup that opens before WeChat knows the member greets them without a tap', async ({ visit }) => {
  const alice = await visit()
  await logIn(alice)
  const again = await visit({ person: alice.person })
  again.gateway.plan('session.resume', async (passOn) => {
    await again.host.waitFor(() => again.host.text().includes(words.login.notNow))
    return await passOn()
  })
  await again.taps(words.day.visit)
  await again.sees(words.login.welcomeBack)
  await untilPopupIsGone(again)
  await again.sees(words.day.events.yourVisit.title)
  expect(again.sheets()).toBe(0)
})

test('logging out holds when the app is shown again, and until the person asks', async ({ visit }) => {
  const alice = await visit()
  await logIn(alice)
  const atLaunch = alice.gateway.count('session.resume')
  await alice.taps(await alice.host.waitFor(alice.nameShown))
  await alice.taps(words.me.logout)
  alice.host.background()
  alice.waits(hour)
  alice.host.foreground()
  await alice.sees(words.me.guest.title)
  await alice.taps(words.me.login)
  await alice.sees(words.login.notNow)
  await alice.host.waitFor(() => alice.gateway.count('session.prepare') > 0)
  expect(alice.gateway.count('session.resume')).toBe(atLaunch)
  await alice.tapsPhoneButton()
  await alice.sees(words.login.welcomeBack)
  expect(alice.sheets()).toBe(2)
})

test('a log-out without a network is one all the same', async ({ visit }) => {
  const alice = await visit()
  await logIn(alice)
  await alice.taps(await alice.host.waitFor(alice.nameShown))
  alice.phone.network.isOnline = false
  await alice.taps(words.me.logout)
  await alice.sees(words.me.guest.title)
  expect(alice.keptToken()).toBeUndefined()
})

test('a member who is banned is a guest at the next start, with no popup', async ({ visit }) => {
  const alice = await visit()
  await logIn(alice)
  const nickName = await alice.host.waitFor(alice.nameShown)
  bans.add(alice.person.openId)
  alice.waits(accessTokenIsOver)
  const later = await visit({ person: alice.person, stored: alice.storage() })
  await later.sees(words.me.entrance)
  expect(later.host.text()).not.toContain(nickName)
  expect(later.host.text()).not.toContain(words.login.notNow)
})

describe.each([
  ['an hour behind', 'phone'],
  ['an hour ahead', 'server'],
] as const)('a server whose clock is %s of the phone', (_, whoIsAhead) => {
  test('lets the person in, and renews no more than it must', async ({ visit, world }) => {
    const alice = await visit()
    if (whoIsAhead === 'phone') alice.host.advanceClock(hour)
    else world.wechat.clock.advance(hour)
    await logIn(alice)
    const nickName = await alice.host.waitFor(alice.nameShown)
    await alice.taps(nickName)
    await alice.taps(words.me.devices)
    await alice.sees(devices.thisOne)
    expect(alice.gateway.count('session.renew')).toBe(0)
    alice.waits(accessTokenIsOver)
    alice.host.callPage('onPullDownRefresh')
    await alice.host.waitFor(() => alice.gateway.count('session.renew') === 1)
    await alice.sees(devices.thisOne)
  })
})
