import { expect, test } from 'vitest'
import { parsePhoneNumber } from './phone-number.ts'

test.each([
  ['+8613800008915', '13800008915', '13800008915', '86'],
  ['138 0000 8915', '13800008915', '13800008915', '86'],
  ['+852 5123 4567', '+85251234567', '51234567', '852'],
  ['+1-202-555-0143', '+12025550143', '2025550143', '1'],
  ['+44 7700 900123', '+447700900123', '7700900123', '44'],
  ['+886 912 345 678', '+886912345678', '912345678', '886'],
  ['+7 912 345 67 89', '+79123456789', '9123456789', '7'],
])('the phone number %s is parsed', (text, phoneNumber, purePhoneNumber, countryCode) => {
  const e164 = `+${countryCode}${purePhoneNumber}`
  expect(parsePhoneNumber(text)).toEqual({ phoneNumber, purePhoneNumber, countryCode, e164 })
})

test.each(['', '+', 'alice', '12345', '+0123456789', '+86138000089150000'])(
  '"%s" is refused as a phone number',
  (text) => {
    expect(() => parsePhoneNumber(text)).toThrow('+8613800008915')
  },
)
