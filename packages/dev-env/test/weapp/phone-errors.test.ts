import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { en, zh } from '../_messages.ts'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { expectGuestWithPopup, type WeappDriver } from './_weapp-driver.ts'

const test = testIn()
const { phone: messages } = zh.errors

/** Results of the phone number sheet without a code: the error message and the way out of each. */
const failures = [
  ['refused', messages.refused, 'tap'],
  ['no-quota', messages['no-quota'], 'close'],
  ['no-permission', messages['no-permission'], 'close'],
  ['privacy-refused', messages['privacy-refused'], 'tap'],
  ['privacy-undeclared', messages['privacy-undeclared'], 'close'],
  ['no-phone', messages['no-phone'], 'tap'],
  ['old-library', messages['old-wechat'], 'close'],
] as const satisfies readonly (readonly [WeappDriver['phoneSheetResult'], object, 'tap' | 'close'])[]

describe.each(phones)('$platform with $promises promises', (phone) => {
  test('every failure of the phone number sheet shows its own error, and the popup closes', async ({
    openApp,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    for (const [result, message, wayOut] of failures) {
      alice.phoneSheetResult = result
      await alice.tapsPhoneButton()
      await alice.sees(message.title, message.body)
      await alice.taps(wayOut === 'close' ? zh.login.recovery.dismiss : zh.login.notNow)
      await expectGuestWithPopup(alice)
    }
    expect(alice.proxy.calls).not.toContain('login')
  })

  test('another tap on the phone button logs in after a failure that the person can resolve', async ({
    openApp,
  }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    for (const [result, message] of failures.filter(([, , wayOut]) => wayOut === 'tap')) {
      alice.phoneSheetResult = result
      await alice.tapsPhoneButton()
      await alice.sees(message.title)
    }
    alice.phoneSheetResult = 'allowed'
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)
  })
})

test('an unknown errno of the phone button shows an error, and another tap logs in', async ({ openApp }) => {
  const alice = await openApp()
  await openPopup(alice)
  const button = await alice.host.waitFor(alice.phoneButton)
  alice.host.trigger(button, 'getphonenumber', {
    errMsg: 'getPhoneNumber:fail of the future',
    errno: 9_999,
  })
  await alice.sees(messages.unknown.title, messages.unknown.body)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
})

test('a phone set to English shows the errors of the phone number sheet in English', async ({ openApp }) => {
  const alice = await openApp({ device: { language: 'en' } })
  await alice.taps(en.day.visit)
  await alice.sees(en.login.notNow)
  for (const [result, message] of [
    ['refused', en.errors.phone.refused],
    ['no-phone', en.errors.phone['no-phone']],
  ] as const) {
    alice.phoneSheetResult = result
    await alice.tapsPhoneButton()
    await alice.sees(message.title, message.body)
  }
  alice.phoneSheetResult = 'allowed'
  await alice.tapsPhoneButton()
  await alice.sees(en.login.welcomeNew)
})

describe('the privacy consent', () => {
  test('a tap on the phone button gives the consent where WeChat supports it', async ({ openApp }) => {
    const alice = await openApp({ needsConsent: true })
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phone.privacy.needsConsent).toBe(false)
  })

  test('an old WeChat makes the app request the consent, and agreeing logs in', async ({ openApp }) => {
    const alice = await openApp({ needsConsent: true, device: { SDKVersion: '2.32.3' } })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.taps(zh.login.agree)
    await tapping
    await alice.sees(zh.login.welcomeNew)
  })

  test('a person who closes the popup instead of agreeing stays a guest', async ({ openApp }) => {
    const alice = await openApp({ needsConsent: true, device: { SDKVersion: '2.32.3' } })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.host.waitFor(() => alice.button(zh.login.agree))
    await alice.taps(zh.login.notNow)
    await expectGuestWithPopup(alice)
    await tapping.catch(() => {}) // The host rejects an event for a button that was removed.
  })

  test('the link in the popup opens the privacy guide of WeChat', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    const [before, link, promise] = zh.login.agreement
    await alice.taps(`${before}${link} ${promise}`)
    await alice.host.waitFor(() => alice.host.calls.some(({ name }) => name === 'openPrivacyContract'))
  })
})
