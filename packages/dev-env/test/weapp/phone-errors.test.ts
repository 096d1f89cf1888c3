import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { en, zh } from '../_messages.ts'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { expectGuestWithPopup, type PhoneSheetResult } from './_weapp-driver.ts'

const test = testIn()
const { phone: troubles } = zh.errors

/** What WeChat's phone button brings instead of a code, what the person reads then, and what helps. */
const outcomes = [
  ['refused', troubles.refused, 'tap'],
  ['no-quota', troubles['no-quota'], 'leave'],
  ['no-permission', troubles['no-permission'], 'leave'],
  ['privacy-refused', troubles['privacy-refused'], 'tap'],
  ['privacy-undeclared', troubles['privacy-undeclared'], 'leave'],
  ['no-phone', troubles['no-phone'], 'tap'],
  ['old-library', troubles['old-wechat'], 'leave'],
] as const satisfies readonly (readonly [PhoneSheetResult, object, 'tap' | 'leave'])[]

describe.each(phones)('$platform with $promises promises', (phone) => {
  test('each answer of WeChat has its own words, and the guest may browse on', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    for (const [sheet, copy, next] of outcomes) {
      alice.phoneSheetResult = sheet
      await alice.tapsPhoneButton()
      await alice.sees(copy.title, copy.body)
      await alice.taps(next === 'leave' ? zh.login.browseOn : zh.login.notNow)
      await expectGuestWithPopup(alice)
    }
    expect(alice.proxy.calls).not.toContain('login')
  })

  test('after an answer that the person can mend, another tap logs in', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    for (const [sheet, copy] of outcomes.filter(([, , next]) => next === 'tap')) {
      alice.phoneSheetResult = sheet
      await alice.tapsPhoneButton()
      await alice.sees(copy.title)
    }
    alice.phoneSheetResult = 'allowed'
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)
  })
})

test('an answer that nobody has heard of has words, and another tap logs in', async ({ openApp }) => {
  const alice = await openApp()
  await openPopup(alice)
  const button = await alice.host.waitFor(alice.phoneButton)
  alice.host.trigger(button, 'getphonenumber', {
    errMsg: 'getPhoneNumber:fail moon in the wrong phase',
    errno: 9_999,
  })
  await alice.sees(troubles.unknown.title, troubles.unknown.body)
  await alice.tapsPhoneButton()
  await alice.sees(zh.login.welcomeNew)
})

test('in English, too', async ({ openApp }) => {
  const alice = await openApp({ device: { language: 'en' } })
  await alice.taps(en.day.visit)
  await alice.sees(en.login.notNow)
  for (const [sheet, english_] of [
    ['refused', en.errors.phone.refused],
    ['no-phone', en.errors.phone['no-phone']],
  ] as const) {
    alice.phoneSheetResult = sheet
    await alice.tapsPhoneButton()
    await alice.sees(english_.title, english_.body)
  }
  alice.phoneSheetResult = 'allowed'
  await alice.tapsPhoneButton()
  await alice.sees(en.login.welcomeNew)
})

describe('privacy consent', () => {
  test('is given with the same tap, where WeChat can', async ({ openApp }) => {
    const alice = await openApp({ needsConsent: true })
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(zh.login.welcomeNew)
    expect(alice.phone.privacy.needsConsent).toBe(false)
  })

  test('is asked for by the app where WeChat cannot, and agreeing logs in', async ({ openApp }) => {
    const alice = await openApp({ needsConsent: true, device: { SDKVersion: '2.32.3' } })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.taps(zh.login.agree)
    await tapping
    await alice.sees(zh.login.welcomeNew)
  })

  test('may be withheld: the person reads why it is needed, or browses on', async ({ openApp }) => {
    const alice = await openApp({ needsConsent: true, device: { SDKVersion: '2.32.3' } })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.host.waitFor(() => alice.button(zh.login.agree))
    await alice.taps(zh.login.notNow)
    await expectGuestWithPopup(alice)
    await tapping.catch(() => {})
  })

  test("rests on the guide, which WeChat's own page shows", async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    const [before, link, promise] = zh.login.agreement
    await alice.taps(`${before}${link} ${promise}`)
    await alice.host.waitFor(() => alice.host.calls.some(({ name }) => name === 'openPrivacyContract'))
  })
})
