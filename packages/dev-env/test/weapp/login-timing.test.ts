import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { createDeferred } from '../_deferred.ts'
import { zh } from '../_messages.ts'
import { twoPhones } from './_phones.ts'
import { testIn } from './_test.ts'
import { expectGuestWithPopup, waitForPopupToClose } from './_weapp-driver.ts'

const test = testIn()
const MINUTE_MS = 60_000

describe.each(twoPhones)('$platform with $promises promises', (phone) => {
  test('a login response that arrives after the popup was closed is ignored', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    const late = createDeferred()
    let isHandled = false
    alice.proxy.interceptOnce('login', async (forward) => {
      const response = await forward()
      isHandled = true
      await late.promise
      return response
    })
    await alice.tapsPhoneButton()
    await alice.host.waitFor(() => isHandled)
    await alice.sees(zh.login.submitting)
    await alice.taps(zh.login.notNow)
    late.resolve()
    await expectGuestWithPopup(alice)
    // The next login works as usual.
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeBack)
  })

  test('a phone number that is allowed after the popup was closed sends no login', async ({ openApp }) => {
    const late = createDeferred()
    const alice = await openApp({ ...phone, beforePhoneSheetResult: () => late.promise })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.sees(zh.login.prompting)
    await alice.taps(zh.login.notNow)
    await waitForPopupToClose(alice)
    late.resolve()
    await tapping.catch(() => {}) // The host rejects an event for a button that was removed.
    expect(alice.proxy.count('login')).toBe(0)
    await expectGuestWithPopup(alice)
  })

  test('a double tap opens one phone number sheet and sends one login', async ({ openApp }) => {
    const sheet = createDeferred()
    const alice = await openApp({ ...phone, beforePhoneSheetResult: () => sheet.promise })
    await openPopup(alice)
    const firstTap = alice.tapsPhoneButton()
    await alice.sees(zh.login.prompting)
    await alice.tapsPhoneButton()
    sheet.resolve()
    await firstTap
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phoneSheets()).toBe(1)
    expect(alice.proxy.count('login')).toBe(1)
  })

  test('two getphonenumber events for one tap send one login', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    const button = await alice.host.waitFor(alice.phoneButton)
    const detail = { errMsg: 'getPhoneNumber:ok', code: alice.person.allowsPhone() }
    alice.host.trigger(button, 'getphonenumber', detail)
    alice.host.trigger(button, 'getphonenumber', detail)
    await alice.sees(zh.login.welcomeNew)
    expect(alice.proxy.count('login')).toBe(1)
  })

  test('a popup that has been open for six minutes fetches a new login code', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.advanceClocks(6 * MINUTE_MS)
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)
    // The API refuses the expired code, so a second call would follow.
    expect(alice.proxy.count('login')).toBe(1)
  })
})

test('a phone code older than five minutes is not sent: the person taps the phone button again', async ({
  openApp,
}) => {
  const alice = await openApp()
  await openPopup(alice)
  alice.phone.network.isOnline = false
  await alice.tapsPhoneButton()
  await alice.sees(zh.errors.network.offline.title)
  alice.phone.network.isOnline = true
  alice.advanceClocks(6 * MINUTE_MS)
  await alice.taps(zh.login.recovery.retry)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
  expect(alice.proxy.count('login')).toBe(1)
})
