import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { createDeferred } from '../_deferred.ts'
import { zh } from '../_messages.ts'
import { twoPhones } from './_phones.ts'
import { testIn } from './_test.ts'
import { expectGuestWithPopup, waitForPopupToClose } from './_weapp-driver.ts'

const test = testIn()
const { network } = zh.errors
const minute = 60_000

describe.each(twoPhones)('$platform with $promises promises', (phone) => {
  test('a lost answer: the same login again gets the same member, and costs nothing', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    const answers: string[] = []
    alice.proxy.interceptOnce('login', async (forward) => {
      answers.push((await forward()).body)
      return 'disconnect'
    })
    alice.proxy.interceptOnce('login', async (forward) => {
      const answer = await forward()
      answers.push(answer.body)
      return answer
    })
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.recovery.retry)
    expect(alice.host.text()).not.toContain(zh.login.submitting)

    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    const [lost, again] = answers.map(sessionOf)
    expect(again).toEqual(lost)
    expect(alice.phoneSheets()).toBe(1)
    const asked = world.wechat.calls.filter(({ person }) => person === alice.person.name)
    expect(asked.map(({ endpoint }) => endpoint)).toEqual([
      '/sns/jscode2session',
      '/wxa/business/getuserphonenumber',
    ])
  })

  test('an answer that comes after the popup was closed logs nobody in', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    const { promise: opened, resolve: open } = createDeferred()
    let isAnswered = false
    alice.proxy.interceptOnce('login', async (forward) => {
      const answer = await forward()
      isAnswered = true
      await opened
      return answer
    })
    await alice.tapsPhoneButton()
    await alice.host.waitFor(() => isAnswered)
    await alice.sees(zh.login.submitting)
    await alice.taps(zh.login.notNow)
    open()
    await expectGuestWithPopup(alice)
    // The next attempt is a login like any other.
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeBack)
  })

  test('an answer of WeChat that comes after the popup was closed is left alone', async ({ openApp }) => {
    const { promise: opened, resolve: open } = createDeferred()
    const alice = await openApp({ ...phone, beforePhoneSheetResult: () => opened })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.sees(zh.login.prompting)
    await alice.taps(zh.login.notNow)
    await waitForPopupToClose(alice)
    open()
    // The button is gone with the popup; a phone has nobody left to tell.
    await tapping.catch(() => {})
    expect(alice.proxy.count('login')).toBe(0)
    await expectGuestWithPopup(alice)
  })

  test('a double tap opens one sheet and logs in once', async ({ openApp }) => {
    const { promise: opened, resolve: open } = createDeferred()
    const alice = await openApp({ ...phone, beforePhoneSheetResult: () => opened })
    await openPopup(alice)
    const first = alice.tapsPhoneButton()
    await alice.sees(zh.login.prompting)
    const second = alice.tapsPhoneButton()
    await second
    open()
    await first
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phoneSheets()).toBe(1)
    expect(alice.proxy.count('login')).toBe(1)
  })

  test('an answer of WeChat that comes twice is one login', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    const button = await alice.host.waitFor(alice.phoneButton)
    const detail = { errMsg: 'getPhoneNumber:ok', code: alice.person.allowsPhone() }
    alice.host.trigger(button, 'getphonenumber', detail)
    alice.host.trigger(button, 'getphonenumber', detail)
    await alice.sees(zh.login.welcomeNew)
    expect(alice.proxy.count('login')).toBe(1)
  })

  test('a popup that stood open for six minutes takes a fresh login code', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.advanceClocks(6 * minute)
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)
    // The code that the popup was opened with would have been refused.
    expect(alice.proxy.count('login')).toBe(1)
  })
})

test('a phone code that has become too old is not sent again: the person taps once more', async ({
  openApp,
}) => {
  const alice = await openApp()
  await openPopup(alice)
  alice.phone.network.isOnline = false
  await alice.tapsPhoneButton()
  await alice.sees(network.offline.title)
  alice.phone.network.isOnline = true
  alice.advanceClocks(6 * minute)
  await alice.taps(zh.login.recovery.retry)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
  expect(alice.proxy.count('login')).toBe(1)
})

test('no answer at all ends in words, and a retry logs in', async ({ openApp }) => {
  const alice = await openApp()
  await openPopup(alice)
  const { promise: opened, resolve: open } = createDeferred()
  alice.proxy.interceptOnce('login', async (forward) => {
    await opened
    return forward()
  })
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.submitting)
  await alice.host.waitFor(() => alice.proxy.count('login') === 1)
  alice.advanceClocks(minute)
  await alice.sees(network.timeout.title, network.timeout.body)
  open()
  await alice.taps(zh.login.recovery.retry)
  await alice.sees(zh.login.welcomeNew)
  expect(alice.phoneSheets()).toBe(1)
})

test('whoever leaves WeChat while logging in comes back to words', async ({ openApp }) => {
  const alice = await openApp({ platform: 'android' })
  await openPopup(alice)
  let isAway = false
  alice.proxy.interceptOnce('login', async (forward) => {
    const answer = await forward()
    alice.host.background()
    alice.phone.network.cut('interrupted')
    isAway = true
    return answer
  })
  await alice.tapsPhoneButton()
  await alice.host.waitFor(() => isAway)
  alice.host.foreground()
  await alice.sees(network.interrupted.title)
  await alice.taps(zh.login.recovery.retry)
  await alice.sees(zh.login.welcomeNew)
})

test.for(['isFull', 'isBroken'] as const)(
  'a storage that %s costs nobody the login',
  async (fault, { openApp }) => {
    const alice = await openApp()
    alice.phone.storage[fault] = true
    await alice.logsIn()
    await alice.host.waitFor(alice.shownNickName)
  },
)

test.for([{ is: 'an object' }, 17, 'not a token', ''])(
  '%j in the place of all that was kept costs nobody more than a silent resumption',
  async (spoilt, { openApp }) => {
    const alice = await openApp()
    await alice.logsIn()
    const nickName = await alice.host.waitFor(alice.shownNickName)
    const stored = Object.fromEntries(Object.keys(alice.storedData()).map((key) => [key, spoilt]))
    const later = await openApp({ person: alice.person, stored })
    await later.sees(nickName)
    expect(later.phoneSheets()).toBe(0)
  },
)

/** Which session an answer of `login` is about, whatever moment its tokens were made at. */
function sessionOf(body: string): unknown {
  const { result } = JSON.parse(body) as {
    result: { data: { token: string; refreshToken?: string; member: object } }
  }
  const { sid } = JSON.parse(Buffer.from(result.data.token.split('.')[1] ?? '', 'base64url').toString()) as {
    sid?: string
  }
  return { sid, member: result.data.member, refreshToken: result.data.refreshToken }
}
