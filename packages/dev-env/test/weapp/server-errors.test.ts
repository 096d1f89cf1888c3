import { failureCodes, failures } from '@kinpass/contracts'
import { WxError } from '@kinpass/weapp-host'
import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { failureReply, htmlReply } from '../_fixtures.ts'
import { zh } from '../_messages.ts'
import { createBanList } from './_members.ts'
import { twoPhones } from './_phones.ts'
import { testIn } from './_test.ts'
import { useLoginCode } from './_use-login-code.ts'
import { expectGuestWithPopup, waitForPopupToClose } from './_weapp-driver.ts'

const { network, server, wechat } = zh.errors
/** What was down is left alone for a while, however short the advice to the client is. */
const untilWeChatIsAskedAgainMs = 10_000
const bans = createBanList()
const test = testIn({ overrides: bans.overrides, env: { WECHAT_TIMEOUT_MS: '300' } })

describe.each(twoPhones)('$platform with $promises promises', (phone) => {
  test('a login code that is spent is replaced by a fresh one, and nobody hears of it', async ({
    openApp,
    world,
  }) => {
    const codes: string[] = []
    const alice = await openApp({
      ...phone,
      takeLoginCode: async () => {
        const code = alice.person.tapsLogin()
        if (codes.length === 0) await useLoginCode(world, code)
        codes.push(code)
        return code
      },
    })
    await alice.logsIn()
    expect(codes).toHaveLength(2)
    expect(alice.phoneSheets()).toBe(1)
  })

  test('while WeChat is down the person waits, and then the same tap logs in', async ({ openApp, world }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    world.wechat.faults.add({ kind: 'http', status: 502, endpoint: 'stable_token', times: 50 })
    world.wechat.console().replaceToken()
    await alice.tapsPhoneButton()
    await alice.sees(server.WECHAT_UNAVAILABLE.title, server.WECHAT_UNAVAILABLE.body)
    world.wechat.faults.clear()
    expect(alice.button(zh.login.recovery.wait)?.attribute('disabled')).toBe(true)
    alice.advanceClocks(untilWeChatIsAskedAgainMs)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phoneSheets()).toBe(1)
  })

  test('a banned member is told, and gets no token', async ({ openApp }) => {
    const alice = await openApp(phone)
    bans.add(alice.person.openId)
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(server.MEMBER_BANNED.title, server.MEMBER_BANNED.body)
    await alice.taps(zh.login.browseOn)
    await expectGuestWithPopup(alice)
  })

  test('whoever is too fast waits as long as the server says', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.proxy.interceptOnce('login', async () => failureReply('RATE_LIMITED', { afterMs: 20_000 }))
    await alice.tapsPhoneButton()
    await alice.sees(server.RATE_LIMITED.title, server.RATE_LIMITED.body)
    expect(alice.button(zh.login.recovery.wait)?.attribute('disabled')).toBe(true)
    alice.advanceClocks(20_000)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phoneSheets()).toBe(1)
  })

  test('a failure code that this build does not know has words and a way out', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.proxy.interceptOnce('login', async () => failureReply('MOON_IN_THE_WRONG_PHASE', 'same-request'))
    await alice.tapsPhoneButton()
    await alice.sees(server.UNKNOWN.title, server.UNKNOWN.body)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
  })

  test.for([
    ['a gateway', 502, network.gateway],
    ['a captive portal', 200, network.unreadable],
  ] as const)("%s's page has words, and a retry logs in", async ([, status, copy], { openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.proxy.interceptOnce('login', async () => htmlReply(status))
    await alice.tapsPhoneButton()
    await alice.sees(copy.title, copy.body)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phoneSheets()).toBe(1)
  })
})

test('every failure of the contract has words on the popup, and a way out of it', async ({ openApp }) => {
  const alice = await openApp({ platform: 'android' })
  await openPopup(alice)
  for (const code of failureCodes) {
    // A code that asks for a fresh login code gets one, and fails again.
    const times = failures[code].retry === 'new-login-code' ? 2 : 1
    for (let time = 0; time < times; time += 1)
      alice.proxy.interceptOnce('login', async () => failureReply(code))
    await alice.tapsPhoneButton()
    await alice.sees(server[code].title, server[code].body)
    expect(alice.host.text()).not.toContain(zh.login.submitting)
    await alice.taps(failures[code].retry === 'none' ? zh.login.browseOn : zh.login.notNow)
    await expectGuestWithPopup(alice)
  }
}, 60_000)

test('login codes that are spent again and again end in words', async ({ openApp, world }) => {
  const alice = await openApp({
    takeLoginCode: async () => {
      const code = alice.person.tapsLogin()
      await useLoginCode(world, code)
      return code
    },
  })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.LOGIN_CODE_SPENT.title, zh.login.recovery.retry)
  expect(alice.proxy.count('login')).toBe(2)
})

test('a WeChat that gives no login code is told, and a retry logs in', async ({ openApp }) => {
  let isAway = true
  const alice = await openApp({
    takeLoginCode: () => {
      if (isAway) throw new WxError('login:fail')
      return alice.person.tapsLogin()
    },
  })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(wechat['no-login-code'].title)
  isAway = false
  await alice.taps(zh.login.recovery.retry)
  await alice.sees(zh.login.welcomeNew)
  expect(alice.phoneSheets()).toBe(1)
})

test('the mock code of DevTools says what to set', async ({ openApp }) => {
  const alice = await openApp({ platform: 'devtools', takeLoginCode: () => 'the code is a mock one' })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.LOGIN_CODE_IS_MOCK.title)
})

test("another person's phone number is refused, and one's own logs in", async ({ openApp, world }) => {
  const alice = await openApp()
  await openPopup(alice)
  alice.phoneSheetResult = { allowed: world.wechat.person('bob').allowsPhone() }
  await alice.tapsPhoneButton()
  await alice.sees(server.PHONE_CODE_OF_ANOTHER.title)
  alice.phoneSheetResult = 'allowed'
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
})

test('whoever WeChat holds for a risk is sent to its security center', async ({ openApp }) => {
  const alice = await openApp()
  alice.person.block()
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_RISK_BLOCKED.title)
  await alice.taps(zh.login.browseOn)
  await expectGuestWithPopup(alice)
})

test('a frozen secret is our fault, and the person is told so', async ({ openApp, world }) => {
  world.wechat.console().freezeSecret()
  const alice = await openApp()
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_MISCONFIGURED.title)
})

test('a WeChat that stays silent does not leave the person waiting', async ({ openApp, world }) => {
  const alice = await openApp()
  await openPopup(alice)
  world.wechat.faults.add({ kind: 'silence', times: 50 })
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_UNAVAILABLE.title)
})

test('an answer of WeChat about the phone that is lost costs another tap, and says so', async ({
  openApp,
  world,
}) => {
  const alice = await openApp()
  await openPopup(alice)
  world.wechat.faults.add({ kind: 'lost', endpoint: 'getuserphonenumber' })
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_UNAVAILABLE.title)
  alice.advanceClocks(failures.WECHAT_UNAVAILABLE.retry.afterMs)
  await alice.taps(zh.login.recovery.retry)
  await alice.sees(server.PHONE_CODE_INVALID.title)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
  await waitForPopupToClose(alice)
})
