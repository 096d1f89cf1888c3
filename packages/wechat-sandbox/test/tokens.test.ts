import { expect, test } from 'vitest'
import { frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import { fetchAccessToken, fetchJson, fetchStableToken, postJson, wechatUrl } from './_requests.ts'

const NOON = '2026-01-01T04:00:00Z'

function fetchPlainToken(sandbox: Sandbox, overrides: Record<string, string> = {}) {
  const { appId, secret } = sandbox.app
  const query = { grant_type: 'client_credential', appid: appId, secret, ...overrides }
  return fetchJson(wechatUrl(sandbox, '/cgi-bin/token', query))
}

/** 0 for a valid token, else its errcode. The unknown code is only refused (40029) after the token was accepted. */
async function errcodeOf(sandbox: Sandbox, token: unknown) {
  const url = wechatUrl(sandbox, '/wxa/business/getuserphonenumber', { access_token: String(token) })
  const { errcode } = (await postJson(url, { code: 'unknown' })).body
  return errcode === 40029 ? 0 : errcode
}

test('each call to /cgi-bin/token issues a new token, and the last one works for five more minutes', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const first = (await fetchPlainToken(sandbox)).body
  expect(first).toEqual({ access_token: expect.stringMatching(/^\d+_[\w-]{133}$/), expires_in: 7200 })
  const second = (await fetchPlainToken(sandbox)).body
  expect(second.access_token).not.toBe(first.access_token)
  clock.advance(300_000 - 1)
  expect(await errcodeOf(sandbox, first.access_token)).toBe(0)
  clock.advance(1)
  expect(await errcodeOf(sandbox, first.access_token)).toBe(40001)
  expect(await errcodeOf(sandbox, second.access_token)).toBe(0)
})

test('the third plain token ends the first at once', async () => {
  await using sandbox = await startSandbox()
  const [first, second, third] = [
    (await fetchPlainToken(sandbox)).body.access_token,
    (await fetchPlainToken(sandbox)).body.access_token,
    (await fetchPlainToken(sandbox)).body.access_token,
  ]
  expect(await errcodeOf(sandbox, first)).toBe(40001)
  expect(await errcodeOf(sandbox, second)).toBe(0)
  expect(await errcodeOf(sandbox, third)).toBe(0)
})

test('a token expires after exactly two hours with 42001', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const { access_token: token } = (await fetchPlainToken(sandbox)).body
  clock.advance(7_200_000 - 1)
  expect(await errcodeOf(sandbox, token)).toBe(0)
  clock.advance(1)
  expect(await errcodeOf(sandbox, token)).toBe(42001)
})

test('plain and stable tokens do not affect each other', async () => {
  await using sandbox = await startSandbox()
  const stable = await fetchAccessToken(sandbox)
  const plain = (await fetchPlainToken(sandbox)).body.access_token
  await fetchPlainToken(sandbox)
  await fetchPlainToken(sandbox)
  expect(await errcodeOf(sandbox, stable)).toBe(0)
  await fetchStableToken(sandbox, { force_refresh: true })
  expect(await errcodeOf(sandbox, plain)).toBe(40001)
  expect((await fetchPlainToken(sandbox)).body.access_token).not.toBe(stable)
})

test('the stable token stays the same, and expires_in is its remaining lifetime', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const first = (await fetchStableToken(sandbox)).body
  clock.advance(6_855_000)
  expect((await fetchStableToken(sandbox)).body).toEqual({
    access_token: first.access_token,
    expires_in: 345,
  })
})

test('in the last five minutes of a stable token the next one is issued, and both work', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const first = (await fetchStableToken(sandbox)).body.access_token
  clock.advance(6_900_000)
  expect((await fetchStableToken(sandbox)).body).toEqual({ access_token: first, expires_in: 300 })
  clock.advance(1)
  const second = (await fetchStableToken(sandbox)).body
  expect(second).toEqual({ access_token: expect.not.stringMatching(String(first)), expires_in: 7200 })
  expect(await errcodeOf(sandbox, first)).toBe(0)
  clock.advance(300_000 - 1)
  expect(await errcodeOf(sandbox, first)).toBe(42001)
  expect(await errcodeOf(sandbox, second.access_token)).toBe(0)
})

test('a forced refresh ends the last stable token at once', async () => {
  await using sandbox = await startSandbox({ clock: frozenClock(NOON) })
  const first = await fetchAccessToken(sandbox)
  const forced = (await fetchStableToken(sandbox, { force_refresh: true })).body
  expect(forced.expires_in).toBe(7200)
  expect(await errcodeOf(sandbox, first)).toBe(40001)
  expect(await errcodeOf(sandbox, forced.access_token)).toBe(0)
  expect(await fetchAccessToken(sandbox)).toBe(forced.access_token)
})

test('with forceRefreshOverlapMs two forced refreshes are needed to end a leaked token', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock, rules: { forceRefreshOverlapMs: 300_000 } })
  const leaked = await fetchAccessToken(sandbox)
  await fetchStableToken(sandbox, { force_refresh: true })
  expect(await errcodeOf(sandbox, leaked)).toBe(0)
  clock.advance(30_000)
  await fetchStableToken(sandbox, { force_refresh: true })
  expect(await errcodeOf(sandbox, leaked)).toBe(40001)
})

test('a second forced refresh within thirty seconds returns the same token', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const force = async () => (await fetchStableToken(sandbox, { force_refresh: true })).body.access_token
  const first = await force()
  clock.advance(30_000 - 1)
  expect(await force()).toBe(first)
  clock.advance(1)
  expect(await force()).not.toBe(first)
})

test('a stable token can be forced twenty times per Beijing day', async () => {
  const clock = frozenClock('2026-01-01T10:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const force = async () => (await fetchStableToken(sandbox, { force_refresh: true })).body
  for (let count = 1; count <= 20; count++) {
    expect((await force()).access_token).toBeDefined()
    clock.advance(30_000)
  }
  expect(await force()).toEqual({
    errcode: 45009,
    errmsg: expect.stringMatching(/^reach max api daily quota limit rid: /),
  })
  expect((await fetchStableToken(sandbox)).body.access_token, 'the normal mode still works').toBeDefined()
  clock.advance(6 * 3_600_000)
  expect((await force()).access_token, 'midnight in Beijing has passed').toBeDefined()
})

test('stable_token accepts only a JSON body by POST', async () => {
  await using sandbox = await startSandbox()
  const { appId, secret } = sandbox.app
  const url = wechatUrl(sandbox, '/cgi-bin/stable_token', {
    appid: appId,
    secret,
    grant_type: 'client_credential',
  })
  expect((await fetchJson(url)).body).toMatchObject({ errcode: 43002 })
  expect((await fetchJson(url, { method: 'POST' })).body).toMatchObject({ errcode: 44002 })
  const form = { method: 'POST', body: new URLSearchParams({ appid: appId, secret }) }
  expect((await fetchJson(url, form)).body).toMatchObject({ errcode: 47001 })
})

test.each([
  ['appid', '', 41002],
  ['appid', 'wx0000000000000000', 40013],
  ['grant_type', 'authorization_code', 40002],
  ['secret', '', 41004],
  ['secret', '0'.repeat(32), 40125],
])('both token endpoints refuse %s = "%s" with %d', async (name, value, errcode) => {
  await using sandbox = await startSandbox()
  expect((await fetchPlainToken(sandbox, { [name]: value })).body).toMatchObject({ errcode })
  expect((await fetchStableToken(sandbox, { [name]: value })).body).toMatchObject({ errcode })
})

test('replaceToken makes the last token invalid at once', async () => {
  await using sandbox = await startSandbox()
  const token = await fetchAccessToken(sandbox)
  sandbox.console().replaceToken()
  expect(await errcodeOf(sandbox, token)).toBe(40001)
  expect(sandbox.console().tokens).toHaveLength(1)
})
