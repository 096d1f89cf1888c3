import { expect, test } from 'vitest'
import { frozenClock, startSandbox } from '../src/index.ts'
import { exchangePhoneCode, fetchAccessToken, fetchStableToken, postJson, wechatUrl } from './_ask.ts'

test('a phone code yields the number and the time of the tap', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const code = sandbox.person('alice').allowsPhone()
  clock.advance(60_000)
  const answer = await exchangePhoneCode(sandbox, code)
  expect(answer.contentType).toMatch(/^application\/json/)
  expect(answer.body).toEqual({
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

test('a foreign number carries its area code', async () => {
  await using sandbox = await startSandbox()
  const answer = await exchangePhoneCode(sandbox, sandbox.person('carol').allowsPhone())
  expect(answer.body.phone_info).toMatchObject({
    phoneNumber: '+85251234567',
    purePhoneNumber: '51234567',
    countryCode: '852',
  })
})

test('a person chooses which number to give', async () => {
  await using sandbox = await startSandbox()
  const answer = await exchangePhoneCode(sandbox, sandbox.person('alice').allowsPhone('+8613900002046'))
  expect(answer.body.phone_info).toMatchObject({ phoneNumber: '13900002046' })
})

test('a spent, an expired, a login and an unknown code are all 40029 with a hint', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const alice = sandbox.person('alice')
  const expired = alice.allowsPhone()
  clock.advance(5 * 60_000)
  const spent = alice.allowsPhone()
  await exchangePhoneCode(sandbox, spent)
  for (const code of [spent, expired, alice.tapsLogin(), 'nobody']) {
    expect((await exchangePhoneCode(sandbox, code)).body).toEqual({
      errcode: 40029,
      errmsg: expect.stringMatching(/^invalid code hint: \[\w{9}-\w{6}\] rid: [0-9a-f-]{26}$/),
    })
  }
})

test('an openid that is not the owner of the code is refused, and the code is not spent', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  const code = alice.allowsPhone()
  const refused = await exchangePhoneCode(sandbox, code, { openid: sandbox.person('bob').openId })
  expect(refused.body).toMatchObject({ errcode: 40003 })
  expect((await exchangePhoneCode(sandbox, code, { openid: alice.openId })).body).toMatchObject({
    errcode: 0,
  })
})

test('the token is looked at before the code', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const alice = sandbox.person('alice')
  const path = '/wxa/business/getuserphonenumber'
  const first = await fetchAccessToken(sandbox)
  await fetchStableToken(sandbox, { force_refresh: true })
  const code = alice.allowsPhone()
  const ask = (query: Record<string, string>) => postJson(wechatUrl(sandbox, path, query), { code })
  expect((await ask({})).body).toMatchObject({ errcode: 41001 })
  expect((await ask({ access_token: 'garbage' })).body).toMatchObject({ errcode: 40014 })
  expect((await ask({ access_token: first })).body).toMatchObject({ errcode: 40001 })
  expect((await exchangePhoneCode(sandbox, code)).body, 'the code is not spent').toMatchObject({ errcode: 0 })
})
