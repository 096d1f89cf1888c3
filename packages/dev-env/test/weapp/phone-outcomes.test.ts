import { describe, expect } from 'vitest'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { expectGuestMayBrowse, openPopup, type SheetAnswer } from './_visit.ts'
import { words } from './_words.ts'

const test = testIn()
const { phone: troubles } = words.troubles

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
  test.for(outcomes)(
    '%s has its own words, and the guest may browse on',
    async ([sheet, copy, next], { visit }) => {
      const alice = await visit(phone)
      await openPopup(alice)
      alice.sheet = sheet
      await alice.tapsPhoneButton()
      await alice.sees(copy.title, copy.body)
      expect(alice.gateway.calls).not.toContain('login')
      await alice.taps(next === 'leave' ? words.login.browseOn : words.login.notNow)
      await expectGuestMayBrowse(alice)
    },
  )

  test.for(outcomes.filter(([, , next]) => next === 'tap'))(
    'after %s another tap logs in',
    async ([sheet, copy], { visit }) => {
      const alice = await visit(phone)
      await openPopup(alice)
      alice.sheet = sheet
      await alice.tapsPhoneButton()
      await alice.sees(copy.title)
      alice.sheet = 'allowed'
      await alice.tapsPhoneButton()
      await alice.sees(words.login.welcomeNew)
    },
  )
})
