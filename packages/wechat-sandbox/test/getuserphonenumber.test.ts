import { expect, test } from 'vitest'
import { frozenClock, startSandbox } from '../src/index.ts'
import { exchangePhoneCode, fetchAccessToken, fetchStableToken, postJson, wechatUrl } from './_requests.ts'

test('a phone code yields the phone number and the time of the tap', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const code = sandbox.person('alice').allowsPhone()
  clock.advance(60_000)
  const response = await exchangePhoneCode(sandbox, code)
  expect(response.contentType).toMatch(/^application\/json/)
  expect(response.body).toEqual({
    errcode: 0,
    errmsg: 'ok',
    phone_info: {
      phoneNumber: '13800008915',
      purePhoneNumber: '13800008915',
      countryCode: '86',
      watermark: { timestamp: Date.parse('2026-01-01T00:00:00Z') / 1000, appid: sandbox.app.appId },
    },
  })
})

test('a foreign phone number includes its country code', async () => {
  await using sandbox = await startSandbox()
  const response = await exchangePhoneCode(sandbox, sandbox.person('carol').allowsPhone())
  expect(response.body.phone_info).toMatchObject({
    phoneNumber: '+85251234567',
    purePhoneNumber: '51234567',
    countryCode: '852',
  })
})

test('a person can choose the phone number to allow', async () => {
  await using sandbox = await startSandbox()
  const response = await exchangePhoneCode(sandbox, sandbox.person('alice').allowsPhone('+8613900002046'))
  expect(response.body.phone_info).toMatchObject({ phoneNumber: '13900002046' })
})

test('a used, an expired, a login and an unknown code are all refused with 40029 and a hint', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const alice = sandbox.person('alice')
  const expired = alice.allowsPhone()
  clock.advance(5 * 60_000)
  const used = alice.allowsPhone()
  await exchangePhoneCode(sandbox, used)
  for (const code of [used, expired, alice.tapsLogin(), 'unknown']) {
    expect((await exchangePhoneCode(sandbox, code)).body).toEqual({
      errcode: 40029,
      errmsg: expect.stringMatching(/^invalid code hint: \[\w{9}-\w{6}\] rid: [0-9a-f-]{26}$/),
    })
  }
})

test('an openid that does not own the phone code is refused, and the code is not used up', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  const code = alice.allowsPhone()
  const refused = await exchangePhoneCode(sandbox, code, { openid: sandbox.person('bob').openId })
  expect(refused.body).toMatchObject({ errcode: 40003 })
  expect((await exchangePhoneCode(sandbox, code, { openid: alice.openId })).body).toMatchObject({
    errcode: 0,
  })
})

test('the access token is checked before the phone code', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const alice = sandbox.person('alice')
  const path = '/wxa/business/getuserphonenumber'
  const first = await fetchAccessToken(sandbox)
  await fetchStableToken(sandbox, { force_refresh: true })
  const code = alice.allowsPhone()
  const exchange = (query: Record<string, string>) => postJson(wechatUrl(sandbox, path, query), { code })
  expect((await exchange({})).body).toMatchObject({ errcode: 41001 })
  expect((await exchange({ access_token: 'garbage' })).body).toMatchObject({ errcode: 40014 })
  expect((await exchange({ access_token: first })).body).toMatchObject({ errcode: 40001 })
  expect((await exchangePhoneCode(sandbox, code)).body, 'the code is not used up').toMatchObject({
    errcode: 0,
  })
})
