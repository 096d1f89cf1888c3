import { expect, test } from 'vitest'
import type { WeappNode } from '../host/weapp-node.ts'
import { toPhoneNumberDetail } from './phone-number.ts'
import { createPrivacy } from './privacy.ts'

type Resolve = (result: { event: string }) => void
const sheet = () => ({ errMsg: 'getPhoneNumber:ok', code: 'a phone code' })
// No handler reads the button.
const button = {} as WeappNode

test('a user who has agreed is not prompted', async () => {
  const privacy = createPrivacy({ platform: 'ios' })
  expect(await privacy.requireConsent(sheet)(button)).toMatchObject({ code: 'a phone code' })
})

test("the choice on WeChat's sheet applies if the mini-program has no sheet of its own", async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  privacy.wechatSheetChoice = 'disagree'
  expect(await privacy.requireConsent(sheet)(button)).toMatchObject({ errno: 104 })
  privacy.wechatSheetChoice = 'agree'
  expect(await privacy.requireConsent(sheet)(button)).toMatchObject({ code: 'a phone code' })
  expect(privacy.needsConsent).toBe(false)
})

test("a call waits for the mini-program's own sheet", async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  let resolve: Resolve = () => {}
  privacy.wx.onNeedPrivacyAuthorization?.((given: Resolve) => {
    resolve = given
  })
  const detail = privacy.requireConsent(sheet)(button)
  resolve({ event: 'exposureAuthorization' })
  resolve({ event: 'agree' })
  expect(await detail).toMatchObject({ code: 'a phone code' })
})

test('a tap on the consent button gives consent', async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  expect(await privacy.wx.getPrivacySetting?.({})).toMatchObject({ needAuthorization: true })
  expect(await privacy.agree(button)).toEqual({ errMsg: 'agreePrivacyAuthorization:ok' })
  expect(await privacy.wx.getPrivacySetting?.({})).toMatchObject({ needAuthorization: false })
})

test('requirePrivacyAuthorize without consent fails with errno 104', async () => {
  const privacy = createPrivacy({ platform: 'ios', needsConsent: true })
  privacy.wechatSheetChoice = 'disagree'
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
] as const)(
  'the phone sheet result %s on %s has the message of its platform',
  (result, platform, expected) => {
    const detail = toPhoneNumberDetail(result, platform)
    expect(detail).toMatchObject(expected)
    expect(detail).not.toHaveProperty('code')
  },
)

test('an old base library returns ok without a code', () => {
  expect(toPhoneNumberDetail('old-library', 'android')).toMatchObject({ errMsg: 'getPhoneNumber:ok' })
  expect(toPhoneNumberDetail('old-library', 'android')).not.toHaveProperty('code')
})
