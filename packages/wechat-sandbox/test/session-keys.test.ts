import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import { decryptEncryptedData } from './_decrypt.ts'
import { exchangeLoginCode, fetchAccessToken, fetchJson, wechatUrl } from './_requests.ts'

const DAY_MS = 24 * 3_600_000

async function login(sandbox: Sandbox, name = 'alice'): Promise<string> {
  return String((await exchangeLoginCode(sandbox, sandbox.person(name).tapsLogin())).body.session_key)
}

async function fetchSigned(
  sandbox: Sandbox,
  path: string,
  key: string,
  overrides: Record<string, string> = {},
) {
  const query = {
    access_token: await fetchAccessToken(sandbox),
    openid: sandbox.person('alice').openId,
    signature: createHmac('sha256', key).update('').digest('hex'),
    sig_method: 'hmac_sha256',
    ...overrides,
  }
  return fetchJson(wechatUrl(sandbox, path, query))
}

const checkSession = (sandbox: Sandbox, key: string, overrides?: Record<string, string>) =>
  fetchSigned(sandbox, '/wxa/checksession', key, overrides)
const resetKey = (sandbox: Sandbox, key: string) => fetchSigned(sandbox, '/wxa/resetusersessionkey', key)

test('checksession verifies a signature keyed with the base64 text of the session key', async () => {
  await using sandbox = await startSandbox()
  const key = await login(sandbox)
  expect((await checkSession(sandbox, key)).body).toEqual({ errcode: 0, errmsg: 'ok' })
  const decoded = createHmac('sha256', Buffer.from(key, 'base64')).update('').digest('hex')
  expect((await checkSession(sandbox, key, { signature: decoded })).body).toEqual({
    errcode: 87009,
    errmsg: expect.stringMatching(/^invalid signature/),
  })
})

test.each([
  ['openid', 'ounknown', 40003],
  ['sig_method', 'md5', 87008],
  ['signature', '', 87009],
  ['access_token', '', 41001],
])('checksession with %s = "%s" is refused with %d', async (name, value, errcode) => {
  await using sandbox = await startSandbox()
  const key = await login(sandbox)
  expect((await checkSession(sandbox, key, { [name]: value })).body).toMatchObject({ errcode })
})

test('checksession accepts its fields in a JSON body', async () => {
  await using sandbox = await startSandbox()
  const key = await login(sandbox)
  const body = {
    openid: sandbox.person('alice').openId,
    signature: createHmac('sha256', key).update('').digest('hex'),
    sig_method: 'hmac_sha256',
  }
  const url = wechatUrl(sandbox, '/wxa/checksession', { access_token: await fetchAccessToken(sandbox) })
  const response = await fetchJson(url, { method: 'POST', body: JSON.stringify(body) })
  expect(response.body).toMatchObject({ errcode: 0 })
})

test('a reset session key expires when the old one would have', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const key = await login(sandbox)
  clock.advance(2 * DAY_MS)
  const { body } = await resetKey(sandbox, key)
  const next = String(body.session_key)
  expect(body).toMatchObject({ errcode: 0, errmsg: 'ok', openid: sandbox.person('alice').openId })
  expect(next).not.toBe(key)
  expect((await checkSession(sandbox, key)).body).toMatchObject({ errcode: 87009 })
  expect((await checkSession(sandbox, next)).body).toMatchObject({ errcode: 0 })
  clock.advance(DAY_MS)
  expect((await checkSession(sandbox, next)).body).toMatchObject({ errcode: 87009 })
})

test('a session key can be reset at most ten times a minute', async () => {
  await using sandbox = await startSandbox({ clock: frozenClock('2026-01-01T00:00:00Z') })
  let key = await login(sandbox)
  for (let count = 1; count <= 10; count++) key = String((await resetKey(sandbox, key)).body.session_key)
  expect((await resetKey(sandbox, key)).body).toMatchObject({ errcode: 45011 })
})

test('a login within an hour keeps the session key, a later login replaces it', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const key = await login(sandbox)
  clock.advance(3_600_000 - 1)
  expect(await login(sandbox)).toBe(key)
  clock.advance(1)
  expect(await login(sandbox)).not.toBe(key)
})

test('session key rotation can be set to always and never', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock, strict: true })
  const key = await login(sandbox)
  const next = await login(sandbox)
  expect(next).not.toBe(key)
  sandbox.console().setSessionKeyRotation('never')
  clock.advance(2 * DAY_MS)
  expect(await login(sandbox)).toBe(next)
})

test('a later wx.login makes earlier encryptedData undecryptable', async () => {
  await using sandbox = await startSandbox({ strict: true })
  const alice = sandbox.person('alice')
  const before = alice.userData()
  const key = await login(sandbox)
  const after = alice.userData()
  expect(decryptEncryptedData(after.encryptedData, key, after.iv)).toMatchObject({ openId: alice.openId })
  expect(() => decryptEncryptedData(before.encryptedData, key, before.iv)).toThrow()
})
