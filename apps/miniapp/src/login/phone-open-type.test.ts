import { expect, test } from 'vitest'
import { getPhoneOpenType } from './phone-open-type.ts'

test.each([
  ['2.21.2', 'getPhoneNumber'],
  ['2.32.3', 'getPhoneNumber'],
  ['2.33.0', 'getPhoneNumber|agreePrivacyAuthorization'],
  ['3.6.4', 'getPhoneNumber|agreePrivacyAuthorization'],
  ['10.0.0', 'getPhoneNumber|agreePrivacyAuthorization'],
  ['', 'getPhoneNumber'],
])('base library "%s" gets the open-type %s', (version, openType) => {
  expect(getPhoneOpenType(version)).toBe(openType)
})
