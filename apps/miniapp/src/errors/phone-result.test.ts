import { expect, test } from 'vitest'
import { parsePhoneResult } from './phone-result.ts'

test.each([
  ['getPhoneNumber:fail user deny', 'refused'],
  ['getPhoneNumber:fail:user deny', 'refused'],
  ['getPhoneNumber:user deny', 'refused'],
  ['getPhoneNumber:fail user cancel', 'refused'],
  ['getPhoneNumber:fail no permission', 'no-permission'],
  ['getPhoneNumber:fail jsapi has no permission', 'no-permission'],
  ['getPhoneNumber:fail 用户未绑定手机', 'no-phone'],
  ['getPhoneNumber:fail privacy permission is not authorized', 'privacy-refused'],
  ['getPhoneNumber:fail api scope is not declared in the privacy agreement', 'privacy-undeclared'],
  ['getPhoneNumber:ok', 'old-wechat'],
  ['getPhoneNumber:fail', 'unknown'],
  ['', 'unknown'],
])('the phone button’s errMsg "%s" is parsed as %s', (errMsg, reason) => {
  expect(parsePhoneResult({ errMsg })).toEqual({ type: 'failed', reason })
})

test.each([
  [104, 'privacy-refused'],
  [112, 'privacy-undeclared'],
  [1400001, 'no-quota'],
  ['1400001', 'no-quota'],
])('the phone button’s errno %j is parsed as %s, whatever the errMsg', (errno, reason) => {
  expect(parsePhoneResult({ errMsg: 'getPhoneNumber:fail', errno })).toEqual({ type: 'failed', reason })
})

test('a phone code is parsed as granted', () => {
  expect(parsePhoneResult({ errMsg: 'getPhoneNumber:ok', code: 'c-1' })).toEqual({
    type: 'granted',
    phoneCode: 'c-1',
  })
})

test('an empty phone code is parsed as no phone code', () => {
  expect(parsePhoneResult({ errMsg: 'getPhoneNumber:ok', code: '' })).toEqual({
    type: 'failed',
    reason: 'old-wechat',
  })
})
