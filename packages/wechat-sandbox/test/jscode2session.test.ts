import { expect, test } from 'vitest'
import { frozenClock, startSandbox } from '../src/index.ts'
import { exchangeLoginCode, fetchJson, wechatUrl } from './_requests.ts'

const RID = /rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

test('a login code yields the ids and the session key as text/plain without errcode', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  const response = await exchangeLoginCode(sandbox, alice.tapsLogin())
  expect(response.status).toBe(200)
  expect(response.contentType).toBe('text/plain')
  expect(response.body).toEqual({
    session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/),
    openid: alice.openId,
    unionid: alice.unionId,
  })
})

test('a login code works once', async () => {
  await using sandbox = await startSandbox()
  const code = sandbox.person('alice').tapsLogin()
  await exchangeLoginCode(sandbox, code)
  const second = await exchangeLoginCode(sandbox, code)
  expect(second.status).toBe(200)
  expect(second.body).toEqual({ errcode: 40163, errmsg: expect.stringMatching(/^code been used, rid: /) })
  expect(second.body.errmsg).toMatch(RID)
})

test('a login code expires after exactly five minutes', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const alice = sandbox.person('alice')
  const early = alice.tapsLogin()
  clock.advance(5 * 60_000 - 1)
  expect((await exchangeLoginCode(sandbox, early)).body.openid).toBe(alice.openId)
  const late = alice.tapsLogin()
  clock.advance(5 * 60_000)
  expect((await exchangeLoginCode(sandbox, late)).body).toMatchObject({ errcode: 40029 })
})

test('a phone code and an unknown code are refused as login codes', async () => {
  await using sandbox = await startSandbox()
  const phoneCode = sandbox.person('alice').allowsPhone()
  for (const code of [phoneCode, 'the code is a mock one']) {
    expect((await exchangeLoginCode(sandbox, code)).body).toEqual({
      errcode: 40029,
      errmsg: expect.stringMatching(/^invalid code, rid: /),
    })
  }
})

test.each([
  ['appid', '', 41002, 'appid missing, rid: '],
  ['secret', '', 41004, 'appsecret missing, rid: '],
  ['js_code', '', 41008, 'missing code, rid: '],
  ['appid', 'wx0000000000000000', 40013, 'invalid appid, rid: '],
  ['secret', '0'.repeat(32), 40125, 'invalid appsecret, rid: '],
])('jscode2session with %s = "%s" is refused with %d', async (name, value, errcode, errmsg) => {
  await using sandbox = await startSandbox()
  const code = sandbox.person('alice').tapsLogin()
  const response = await exchangeLoginCode(sandbox, code, { [name]: value })
  expect(response.body).toEqual({ errcode, errmsg: expect.stringContaining(errmsg) })
  expect((await exchangeLoginCode(sandbox, code)).body.errcode, 'the code is not used up').toBeUndefined()
})

test('jscode2session ignores parameters in the body', async () => {
  await using sandbox = await startSandbox()
  const response = await fetchJson(wechatUrl(sandbox, '/sns/jscode2session'), {
    method: 'POST',
    body: JSON.stringify({ appid: sandbox.app.appId, secret: sandbox.app.secret, js_code: 'x' }),
  })
  expect(response.body).toMatchObject({ errcode: 41002 })
})

test('the login of a high-risk person is refused with 40226', async () => {
  await using sandbox = await startSandbox({ people: [{ name: 'alice', blocked: true }] })
  const response = await exchangeLoginCode(sandbox, sandbox.person('alice').tapsLogin())
  expect(response.body).toMatchObject({ errcode: 40226 })
})
