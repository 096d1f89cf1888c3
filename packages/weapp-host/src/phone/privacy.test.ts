import { expect, test } from 'vitest'
import type { WeappNode } from '../host/weapp-node.ts'
import { phoneNumberAnswer } from './phone-number.ts'
import { createPrivacy } from './privacy.ts'

type Resolve = (answer: { event: string }) => void
const sheet = () => ({ errMsg: 'getPhoneNumber:ok', code: 'a phone code' })
// No answer looks at the button.
const button = {} as WeappNode

test('who has agreed is not asked', async () => {
  const privacy = createPrivacy({ platform: 'ios' })
  expect(await privacy.before(sheet)(button)).toMatchObject({ code: 'a phone code' })
})

test("WeChat's own sheet is shown where the mini-program has none", async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  privacy.answersOwnSheet = 'disagree'
  expect(await privacy.before(sheet)(button)).toMatchObject({ errno: 104 })
  privacy.answersOwnSheet = 'agree'
  expect(await privacy.before(sheet)(button)).toMatchObject({ code: 'a phone code' })
  expect(privacy.needsConsent).toBe(false)
})

test("the mini-program's own sheet is asked, and the call waits for it", async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  let resolve: Resolve = () => {}
  privacy.wx.onNeedPrivacyAuthorization?.((given: Resolve) => {
    resolve = given
  })
  const answer = privacy.before(sheet)(button)
  resolve({ event: 'exposureAuthorization' })
  resolve({ event: 'agree' })
  expect(await answer).toMatchObject({ code: 'a phone code' })
})

test('the button of consent gives it', async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  expect(await privacy.wx.getPrivacySetting?.({})).toMatchObject({ needAuthorization: true })
  expect(await privacy.agree(button)).toEqual({ errMsg: 'agreePrivacyAuthorization:ok' })
  expect(await privacy.wx.getPrivacySetting?.({})).toMatchObject({ needAuthorization: false })
})

test('consent that is required and refused is a failure with errno 104', async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  privacy.answersOwnSheet = 'disagree'
  await expect(privacy.wx.requirePrivacyAuthorize?.({})).rejects.toMatchObject({ result: { errno: 104 } })
})

test.each([
  ['refused', 'ios', { errMsg: 'getPhoneNumber:fail user deny' }],
  ['refused', 'android', { errMsg: 'getPhoneNumber:fail:user deny' }],
  ['no-quota', 'ios', { errno: 1400001 }],
  ['privacy-undeclared', 'ios', { errno: 112 }],
  ['privacy-refused', 'ios', { errno: 104 }],
  ['no-permission', 'devtools', { errMsg: 'getPhoneNumber:fail no permission' }],
  ['no-phone', 'ios', { errMsg: expect.stringContaining('未绑定手机') }],
] as const)('%s on %s has its own words', (outcome, platform, words) => {
  const answer = phoneNumberAnswer(outcome, platform)
  expect(answer).toMatchObject(words)
  expect(answer).not.toHaveProperty('code')
})

test('an old base library allows and gives no code', () => {
  expect(phoneNumberAnswer('old-library', 'android')).toMatchObject({ errMsg: 'getPhoneNumber:ok' })
  expect(phoneNumberAnswer('old-library', 'android')).not.toHaveProperty('code')
})
