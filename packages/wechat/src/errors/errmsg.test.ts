import { expect, test } from 'vitest'
import { parseErrmsg } from './errmsg.ts'

// Transcribed from posts in WeChat's community forum.
test.each([
  ['invalid code, rid: 652d44d0-1d0af18b-5b069232', 'invalid code', '652d44d0-1d0af18b-5b069232'],
  ['code been used, rid: 6166f719-6cb5d09c-633ab469', 'code been used', '6166f719-6cb5d09c-633ab469'],
  [
    'invalid code hint: [IfdFrrMre-JPlAXa] rid: 65713974-7970e3f9-1a07ebbf',
    'invalid code',
    '65713974-7970e3f9-1a07ebbf',
  ],
  [
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: 6949fe38-0627ff0d-47df91c7',
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken',
    '6949fe38-0627ff0d-47df91c7',
  ],
  [
    'invalid ip 182.150.41.147 ipv6 ::ffff:182.150.41.147, not in whitelist rid: 6949fe38-0627ff0d-47df91c7',
    'invalid ip 182.150.41.147 ipv6 ::ffff:182.150.41.147, not in whitelist',
    '6949fe38-0627ff0d-47df91c7',
  ],
  ['code been used, hints: [ req_id: VHfwwa05052279 ]', 'code been used', undefined],
  ['system error', 'system error', undefined],
  ['', '', undefined],
  [undefined, '', undefined],
  [{ odd: true }, '', undefined],
])('parseErrmsg separates message and rid: %s', (errmsg, wechatMessage, rid) => {
  expect(parseErrmsg(errmsg)).toEqual({ wechatMessage, rid })
})

test('parseErrmsg removes anything that may be a code, a token, a key or a phone number', () => {
  const secrets = [
    'ab'.repeat(32),
    '0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P',
    'tiihtNczf5v6AKRyjwEUhQ==',
    '13580006666',
  ]
  const { wechatMessage } = parseErrmsg(`invalid ${secrets.join(' and ')} here`)
  expect(wechatMessage).toBe('invalid … and … and … and … here')
})
