import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import { exchangeLoginCode, fetchAccessToken, fetchJson, wechatUrl } from './_ask.ts'
import { decryptEncryptedData } from './_decrypt.ts'

const DAY_MS = 24 * 3_600_000

async function login(sandbox: Sandbox, name = 'alice'): Promise<string> {
  return String((await exchangeLoginCode(sandbox, sandbox.person(name).tapsLogin())).body.session_key)
}

async function session(sandbox: Sandbox, path: string, key: string, more: Record<string, string> = {}) {
  const query = {
    access_token: await fetchAccessToken(sandbox),
    openid: sandbox.person('alice').openId,
    signature: createHmac('sha256', key).update('').digest('hex'),
    sig_method: 'hmac_sha256',
    ...more,
  }
  return fetchJson(wechatUrl(sandbox, path, query))
}

const check = (sandbox: Sandbox, key: string, more?: Record<string, string>) =>
  session(sandbox, '/wxa/checksession', key, more)
const reset = (sandbox: Sandbox, key: string) => session(sandbox, '/wxa/resetusersessionkey', key)

test('a session key is checked by its signature, the key taken as text', async () => {
  await using sandbox = await startSandbox()
  const key = await login(sandbox)
  expect((await check(sandbox, key)).body).toEqual({ errcode: 0, errmsg: 'ok' })
  const decoded = createHmac('sha256', Buffer.from(key, 'base64')).update('').digest('hex')
  expect((await check(sandbox, key, { signature: decoded })).body).toEqual({
    errcode: 87009,
    errmsg: expect.stringMatching(/^invalid signature/),
  })
})

test.each([
  ['openid', 'onobody', 40003],
  ['sig_method', 'md5', 87008],
  ['signature', '', 87009],
  ['access_token', '', 41001],
])('checksession with %s = "%s" is %d', async (name, value, errcode) => {
  await using sandbox = await startSandbox()
  const key = await login(sandbox)
  expect((await check(sandbox, key, { [name]: value })).body).toMatchObject({ errcode })
})

test('the fields of checksession may stand in a JSON body', async () => {
  await using sandbox = await startSandbox()
  const key = await login(sandbox)
  const body = {
    openid: sandbox.person('alice').openId,
    signature: createHmac('sha256', key).update('').digest('hex'),
    sig_method: 'hmac_sha256',
  }
  const url = wechatUrl(sandbox, '/wxa/checksession', { access_token: await fetchAccessToken(sandbox) })
  const answer = await fetchJson(url, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.body).toMatchObject({ errcode: 0 })
})

test('a reset replaces the key and inherits its end', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const key = await login(sandbox)
  clock.advance(2 * DAY_MS)
  const answer = (await reset(sandbox, key)).body
  const next = String(answer.session_key)
  expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok', openid: sandbox.person('alice').openId })
  expect(next).not.toBe(key)
  expect((await check(sandbox, key)).body).toMatchObject({ errcode: 87009 })
  expect((await check(sandbox, next)).body).toMatchObject({ errcode: 0 })
  clock.advance(DAY_MS)
  expect((await check(sandbox, next)).body).toMatchObject({ errcode: 87009 })
})

test('the key of one person cannot be reset again and again', async () => {
  await using sandbox = await startSandbox()
  let key = await login(sandbox)
  for (let time = 1; time <= 10; time++) key = String((await reset(sandbox, key)).body.session_key)
  expect((await reset(sandbox, key)).body).toMatchObject({ errcode: 45011 })
})

test('a login within the hour keeps the session key, a later one replaces it', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const key = await login(sandbox)
  clock.advance(3_600_000 - 1)
  expect(await login(sandbox)).toBe(key)
  clock.advance(1)
  expect(await login(sandbox)).not.toBe(key)
})

test('the rotation can be set to always and to never', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock, strict: true })
  const key = await login(sandbox)
  const next = await login(sandbox)
  expect(next).not.toBe(key)
  sandbox.console().setSessionKeyRotation('never')
  clock.advance(2 * DAY_MS)
  expect(await login(sandbox)).toBe(next)
})

test('a wx.login in between spoils what was encrypted before', async () => {
  await using sandbox = await startSandbox({ strict: true })
  const alice = sandbox.person('alice')
  const before = alice.userData()
  const key = await login(sandbox)
  const after = alice.userData()
  expect(decryptEncryptedData(after.encryptedData, key, after.iv)).toMatchObject({ openId: alice.openId })
  expect(() => decryptEncryptedData(before.encryptedData, key, before.iv)).toThrow()
})
