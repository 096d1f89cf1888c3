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
/** Longer than the API waits after an outage before it calls WeChat again. */
const OUTAGE_PAUSE_MS = 10_000
const bans = createBanList()
const test = testIn({ overrides: bans.overrides })

describe.each(twoPhones)('$platform with $promises promises', (phone) => {
  test('a spent login code is replaced without an error on the screen', async ({ openApp, world }) => {
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

  test('an outage of WeChat shows an error with a wait, and a retry logs in without another tap on the phone button', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    world.wechat.faults.add({ kind: 'http', status: 502, endpoint: 'stable_token', times: 50 })
    world.wechat.console().replaceToken()
    await alice.tapsPhoneButton()
    await alice.sees(server.WECHAT_UNAVAILABLE.title, server.WECHAT_UNAVAILABLE.body)
    world.wechat.faults.clear()
    expect(alice.button(zh.login.recovery.wait)?.attribute('disabled')).toBe(true)
    alice.advanceClocks(OUTAGE_PAUSE_MS)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phoneSheets()).toBe(1)
  })

  test('a banned member sees an error and gets no token', async ({ openApp }) => {
    const alice = await openApp(phone)
    bans.add(alice.person.openId)
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(server.MEMBER_BANNED.title, server.MEMBER_BANNED.body)
    await alice.taps(zh.login.recovery.dismiss)
    await expectGuestWithPopup(alice)
  })

  test('a rate-limited login can be retried after the time that the API sends', async ({ openApp }) => {
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

  test('a failure code that this build does not know shows an error, and a retry logs in', async ({
    openApp,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.proxy.interceptOnce('login', async () => failureReply('CODE_FROM_THE_FUTURE', 'same-request'))
    await alice.tapsPhoneButton()
    await alice.sees(server.UNKNOWN.title, server.UNKNOWN.body)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
  })

  test.for([
    ['an error page of a gateway', 502, network.gateway],
    ['a page of a captive portal', 200, network.unreadable],
  ] as const)('%s shows an error, and a retry logs in', async ([, status, message], { openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.proxy.interceptOnce('login', async () => htmlReply(status))
    await alice.tapsPhoneButton()
    await alice.sees(message.title, message.body)
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phoneSheets()).toBe(1)
  })
})

test('every failure of the contract shows its error, and the popup closes', async ({ openApp }) => {
  const alice = await openApp({ platform: 'android' })
  await openPopup(alice)
  for (const code of failureCodes) {
    // The client retries `new-login-code` once without a tap, so that the retry has to fail as well.
    const times = failures[code].retry === 'new-login-code' ? 2 : 1
    for (let time = 0; time < times; time += 1)
      alice.proxy.interceptOnce('login', async () => failureReply(code))
    await alice.tapsPhoneButton()
    await alice.sees(server[code].title, server[code].body)
    expect(alice.host.text()).not.toContain(zh.login.submitting)
    await alice.taps(failures[code].retry === 'none' ? zh.login.recovery.dismiss : zh.login.notNow)
    await expectGuestWithPopup(alice)
  }
})

test('a second spent login code shows an error', async ({ openApp, world }) => {
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

test('a failure of wx.login shows an error, and a retry logs in', async ({ openApp }) => {
  let isFailing = true
  const alice = await openApp({
    takeLoginCode: () => {
      if (isFailing) throw new WxError('login:fail')
      return alice.person.tapsLogin()
    },
  })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(wechat['no-login-code'].title)
  isFailing = false
  await alice.taps(zh.login.recovery.retry)
  await alice.sees(zh.login.welcomeNew)
  expect(alice.phoneSheets()).toBe(1)
})

test('the mock login code of DevTools shows the setting to change', async ({ openApp }) => {
  const alice = await openApp({ platform: 'devtools', takeLoginCode: () => 'the code is a mock one' })
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.LOGIN_CODE_IS_MOCK.title)
})

test('a phone code of another person is refused, and an own phone code logs in', async ({
  openApp,
  world,
}) => {
  const alice = await openApp()
  await openPopup(alice)
  alice.phoneSheetResult = { allowed: world.wechat.person('bob').allowsPhone() }
  await alice.tapsPhoneButton()
  await alice.sees(server.PHONE_CODE_OF_ANOTHER.title)
  alice.phoneSheetResult = 'allowed'
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
})

test('a login that WeChat blocks as a risk shows where to unblock the account', async ({ openApp }) => {
  const alice = await openApp()
  alice.person.block()
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_RISK_BLOCKED.title)
  await alice.taps(zh.login.recovery.dismiss)
  await expectGuestWithPopup(alice)
})

test('a frozen AppSecret shows an error that blames the mini-program', async ({ openApp, world }) => {
  world.wechat.console().freezeSecret()
  const alice = await openApp()
  await openPopup(alice)
  await alice.tapsPhoneButton()
  await alice.sees(server.WECHAT_MISCONFIGURED.title)
})

test('a lost response to the phone code shows an error, and another tap on the phone button logs in', async ({
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
