import { failureCodes, failures } from '@kinpass/contracts'
import { WxFailure } from '@kinpass/weapp-host'
import { describe, expect } from 'vitest'
import { failureAnswer, htmlPage } from './_answers.ts'
import { createBans } from './_bans.ts'
import { twoPhones } from './_phones.ts'
import { spend } from './_spend.ts'
import { testIn } from './_test.ts'
import { expectGuestMayBrowse, logIn, openPopup, untilPopupIsGone } from './_visit.ts'
import { words } from './_words.ts'

const { network, server, wechat } = words.errors
/** What was down is left alone for a while, however short the advice to the client is. */
const untilWeChatIsAskedAgainMs = 10_000
const bans = createBans()
const test = testIn({ overrides: bans.overrides, env: { WECHAT_TIMEOUT_MS: '300' } })

describe.each(twoPhones)('$platform, promises as $promises', (phone) => {
  test('a login code that is spent is replaced by a fresh one, and nobody hears of it', async ({
    visit,
    world,
  }) => {
    const codes: string[] = []
    const alice = await visit({
      ...phone,
      takeLoginCode: async () => {
        const code = alice.person.tapsLogin()
        if (codes.length === 0) await spend(world, code)
        codes.push(code)
        return code
      },
    })
    await logIn(alice)
    expect(codes).toHaveLength(2)
    expect(alice.sheets()).toBe(1)
  })

  test('while WeChat is down the person waits, and then the same tap logs in', async ({ visit, world }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    world.wechat.faults.add({ kind: 'http', status: 502, endpoint: 'stable_token', times: 50 })
    world.wechat.console().replaceToken()
    await alice.tapsPhoneButton()
    await alice.sees(server.WECHAT_UNAVAILABLE.title, server.WECHAT_UNAVAILABLE.body)
    world.wechat.faults.clear()
    expect(alice.tappable(words.login.recovery.wait)?.attribute('disabled')).toBe(true)
    alice.waits(untilWeChatIsAskedAgainMs)
    await alice.taps(words.login.recovery.send)
    await alice.sees(words.login.welcomeNew)
    expect(alice.sheets()).toBe(1)
  })

  test('a banned member is told, and gets no token', async ({ visit }) => {
    const alice = await visit(phone)
    bans.add(alice.person.openId)
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(server.MEMBER_BANNED.title, server.MEMBER_BANNED.body)
    await alice.taps(words.login.browseOn)
    await expectGuestMayBrowse(alice)
  })

  test('whoever is too fast waits as long as the server says', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    alice.gateway.plan('login', async () => failureAnswer('RATE_LIMITED', { afterMs: 20_000 }))
    await alice.tapsPhoneButton()
    await alice.sees(server.RATE_LIMITED.title, server.RATE_LIMITED.body)
    expect(alice.tappable(words.login.recovery.wait)?.attribute('disabled')).toBe(true)
    alice.waits(20_000)
    await alice.taps(words.login.recovery.send)
    await alice.sees(words.login.welcomeNew)
    expect(alice.sheets()).toBe(1)
  })

  test('a failure code that this build does not know has words and a way out', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    alice.gateway.plan('login', async () => failureAnswer('MOON_IN_THE_WRONG_PHASE', 'same-request'))
    await alice.tapsPhoneButton()
    await alice.sees(server.UNHEARD_OF.title, server.UNHEARD_OF.body)
    await alice.taps(words.login.recovery.send)
    await alice.sees(words.login.welcomeNew)
  })

  test.for([
    ['a gateway', 502, network.gateway],
    ['a captive portal', 200, network.unreadable],
  ] as const)("%s's page has words, and a retry logs in", async ([, status, copy], { visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    alice.gateway.plan('login', async () => htmlPage(status))
    await alice.tapsPhoneButton()
    await alice.sees(copy.title, copy.body)
    await alice.taps(words.login.recovery.send)
    await alice.sees(words.login.welcomeNew)
    expect(alice.sheets()).toBe(1)
  })
})

test('every failure of the contract has words on the popup, and a way out of it', async ({ visit }) => {
  const alice = await visit({ platform: 'android' })
  await openPopup(alice)
  for (const code of failureCodes) {
    // A code that asks for a fresh login code gets one, and fails again.
    const times = failures[code].retry === 'new-login-code' ? 2 : 1
    for (let time = 0; time < times; time += 1) alice.gateway.plan('login', async () => failureAnswer(code))
    await alice.tapsPhoneButton()
    await alice.sees(server[code].title, server[code].body)
    expect(alice.host.text()).not.toContain(words.login.submitting)
    await alice.taps(failures[code].retry === 'none' ? words.login.browseOn : words.login.notNow)
    await expectGuestMayBrowse(alice)
  }
}, 60_000)

test('login codes that are spent again and again end in words', async ({ visit, world }) => {
  const alice = await visit({
    takeLoginCode: async () => {
      const code = alice.person.tapsLogin()
      await spend(world, code)
      return code
    },
  })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.LOGIN_CODE_SPENT.title, words.login.recovery.send)
  expect(alice.gateway.count('login')).toBe(2)
})

test('a WeChat that gives no login code is told, and a retry logs in', async ({ visit }) => {
  let isAway = true
  const alice = await visit({
    takeLoginCode: () => {
      if (isAway) throw new WxFailure('login:fail')
      return alice.person.tapsLogin()
    },
  })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(wechat['no-login-code'].title)
  isAway = false
  await alice.taps(words.login.recovery.send)
  await alice.sees(words.login.welcomeNew)
  expect(alice.sheets()).toBe(1)
})

test('the mock code of DevTools says what to set', async ({ visit }) => {
  const alice = await visit({ platform: 'devtools', takeLoginCode: () => 'the code is a mock one' })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.LOGIN_CODE_IS_MOCK.title)
})

test("another person's phone number is refused, and one's own logs in", async ({ visit, world }) => {
  const alice = await visit()
  await openPopup(alice)
  alice.sheet = { allowed: world.wechat.person('bob').allowsPhone() }
  await alice.tapsPhoneButton()
  await alice.sees(server.PHONE_CODE_OF_ANOTHER.title)
  alice.sheet = 'allowed'
  await alice.tapsPhoneButton()
  await alice.sees(words.login.welcomeNew)
})

test('whoever WeChat holds for a risk is sent to its security center', async ({ visit }) => {
  const alice = await visit()
  alice.person.block()
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_RISK_BLOCKED.title)
  await alice.taps(words.login.browseOn)
  await expectGuestMayBrowse(alice)
})

test('a frozen secret is our fault, and the person is told so', async ({ visit, world }) => {
  world.wechat.console().freezeSecret()
  const alice = await visit()
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_MISCONFIGURED.title)
})

test('a WeChat that stays silent does not leave the person waiting', async ({ visit, world }) => {
  const alice = await visit()
  await openPopup(alice)
  world.wechat.faults.add({ kind: 'silence', times: 50 })
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_UNAVAILABLE.title)
})

test('an answer of WeChat about the phone that is lost costs another tap, and says so', async ({
  visit,
  world,
}) => {
  const alice = await visit()
  await openPopup(alice)
  world.wechat.faults.add({ kind: 'lost', endpoint: 'getuserphonenumber' })
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_UNAVAILABLE.title)
  alice.waits(failures.WECHAT_UNAVAILABLE.retry.afterMs)
  await alice.taps(words.login.recovery.send)
  await alice.sees(server.PHONE_CODE_INVALID.title)
  await alice.tapsPhoneButton()
  await alice.sees(words.login.welcomeNew)
  await untilPopupIsGone(alice)
})
