import { describe, expect } from 'vitest'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { expectGuestMayBrowse, openPopup, type SheetAnswer } from './_visit.ts'
import { english, words } from './_words.ts'

const test = testIn()
const { phone: troubles } = words.errors

/** What WeChat's phone button brings instead of a code, what the person reads then, and what helps. */
const outcomes = [
  ['refused', troubles.refused, 'tap'],
  ['no-quota', troubles['no-quota'], 'leave'],
  ['no-permission', troubles['no-permission'], 'leave'],
  ['privacy-refused', troubles['privacy-refused'], 'tap'],
  ['privacy-undeclared', troubles['privacy-undeclared'], 'leave'],
  ['no-phone', troubles['no-phone'], 'tap'],
  ['old-library', troubles['old-wechat'], 'leave'],
] as const satisfies readonly (readonly [SheetAnswer, object, 'tap' | 'leave'])[]

describe.each(phones)('$platform, promises as $promises', (phone) => {
  test('each answer of WeChat has its own words, and the guest may browse on', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    for (const [sheet, copy, next] of outcomes) {
      alice.sheet = sheet
      await alice.tapsPhoneButton()
      await alice.sees(copy.title, copy.body)
      await alice.taps(next === 'leave' ? words.login.browseOn : words.login.notNow)
      await expectGuestMayBrowse(alice)
    }
    expect(alice.gateway.calls).not.toContain('login')
  })

  test('after an answer that the person can mend, another tap logs in', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    for (const [sheet, copy] of outcomes.filter(([, , next]) => next === 'tap')) {
      alice.sheet = sheet
      await alice.tapsPhoneButton()
      await alice.sees(copy.title)
    }
    alice.sheet = 'allowed'
    await alice.tapsPhoneButton()
    await alice.sees(words.login.welcomeNew)
  })
})

test('an answer that nobody has heard of has words, and another tap logs in', async ({ visit }) => {
  const alice = await visit()
  await openPopup(alice)
  const button = await alice.host.waitFor(alice.phoneButton)
  alice.host.trigger(button, 'getphonenumber', {
    errMsg: 'getPhoneNumber:fail moon in the wrong phase',
    errno: 9_999,
  })
  await alice.sees(troubles.unknown.title, troubles.unknown.body)
  await alice.tapsPhoneButton()
  await alice.sees(words.login.welcomeNew)
})

test('in English, too', async ({ visit }) => {
  const alice = await visit({ device: { language: 'en' } })
  await alice.taps(english.day.visit)
  await alice.sees(english.login.notNow)
  for (const [sheet, english_] of [
    ['refused', english.errors.phone.refused],
    ['no-phone', english.errors.phone['no-phone']],
  ] as const) {
    alice.sheet = sheet
    await alice.tapsPhoneButton()
    await alice.sees(english_.title, english_.body)
  }
  alice.sheet = 'allowed'
  await alice.tapsPhoneButton()
  await alice.sees(english.login.welcomeNew)
})

describe('privacy consent', () => {
  test('is given with the same tap, where WeChat can', async ({ visit }) => {
    const alice = await visit({ needsConsent: true })
    await openPopup(alice)
    await alice.tapsPhoneButton()
    await alice.sees(words.login.welcomeNew)
    expect(alice.phone.privacy.needsConsent).toBe(false)
  })

  test('is asked for by the app where WeChat cannot, and agreeing logs in', async ({ visit }) => {
    const alice = await visit({ needsConsent: true, device: { SDKVersion: '2.32.3' } })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.taps(words.login.agree)
    await tapping
    await alice.sees(words.login.welcomeNew)
  })

  test('may be withheld: the person reads why it is needed, or browses on', async ({ visit }) => {
    const alice = await visit({ needsConsent: true, device: { SDKVersion: '2.32.3' } })
    await openPopup(alice)
    const tapping = alice.tapsPhoneButton()
    await alice.host.waitFor(() => alice.tappable(words.login.agree))
    await alice.taps(words.login.notNow)
    await expectGuestMayBrowse(alice)
    await tapping.catch(() => {})
  })

  test("rests on the guide, which WeChat's own page shows", async ({ visit }) => {
    const alice = await visit()
    await openPopup(alice)
    const [before, link, promise] = words.login.agreement
    await alice.taps(`${before}${link} ${promise}`)
    await alice.host.waitFor(() => alice.host.calls.some(({ name }) => name === 'openPrivacyContract'))
  })
})
