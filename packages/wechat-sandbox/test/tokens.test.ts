import { expect, test } from 'vitest'
import { frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import { fetchAccessToken, fetchJson, fetchStableToken, postJson, wechatUrl } from './_ask.ts'

const NOON = '2026-01-01T04:00:00Z'

function plainToken(sandbox: Sandbox, more: Record<string, string> = {}) {
  const { appId, secret } = sandbox.app
  const query = { grant_type: 'client_credential', appid: appId, secret, ...more }
  return fetchJson(wechatUrl(sandbox, '/cgi-bin/token', query))
}

/** What the token is worth: 0, or the errcode that it earns. A code that nobody has is 40029, and that comes later. */
async function worth(sandbox: Sandbox, token: unknown) {
  const url = wechatUrl(sandbox, '/wxa/business/getuserphonenumber', { access_token: String(token) })
  const { errcode } = (await postJson(url, { code: 'nobody' })).body
  return errcode === 40029 ? 0 : errcode
}

test('each call to /cgi-bin/token makes a new token, and the last one works for five more minutes', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const first = (await plainToken(sandbox)).body
  expect(first).toEqual({ access_token: expect.stringMatching(/^\d+_[\w-]{133}$/), expires_in: 7200 })
  const second = (await plainToken(sandbox)).body
  expect(second.access_token).not.toBe(first.access_token)
  clock.advance(300_000 - 1)
  expect(await worth(sandbox, first.access_token)).toBe(0)
  clock.advance(1)
  expect(await worth(sandbox, first.access_token)).toBe(40001)
  expect(await worth(sandbox, second.access_token)).toBe(0)
})

test('a third token ends the first at once', async () => {
  await using sandbox = await startSandbox()
  const [first, second, third] = [
    (await plainToken(sandbox)).body.access_token,
    (await plainToken(sandbox)).body.access_token,
    (await plainToken(sandbox)).body.access_token,
  ]
  expect(await worth(sandbox, first)).toBe(40001)
  expect(await worth(sandbox, second)).toBe(0)
  expect(await worth(sandbox, third)).toBe(0)
})

test('a token dies at the exact second, and is 42001 from then on', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const { access_token: token } = (await plainToken(sandbox)).body
  clock.advance(7_200_000 - 1)
  expect(await worth(sandbox, token)).toBe(0)
  clock.advance(1)
  expect(await worth(sandbox, token)).toBe(42001)
})

test('plain and stable tokens leave one another alone', async () => {
  await using sandbox = await startSandbox()
  const stable = await fetchAccessToken(sandbox)
  const plain = (await plainToken(sandbox)).body.access_token
  await plainToken(sandbox)
  await plainToken(sandbox)
  expect(await worth(sandbox, stable)).toBe(0)
  await fetchStableToken(sandbox, { force_refresh: true })
  expect(await worth(sandbox, plain)).toBe(40001)
  expect((await plainToken(sandbox)).body.access_token).not.toBe(stable)
})

test('the stable token stays the same, and tells what is left of it', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const first = (await fetchStableToken(sandbox)).body
  clock.advance(6_855_000)
  expect((await fetchStableToken(sandbox)).body).toEqual({
    access_token: first.access_token,
    expires_in: 345,
  })
})

test('in its last five minutes the next stable token is handed out, and both work', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const first = (await fetchStableToken(sandbox)).body.access_token
  clock.advance(6_900_000)
  expect((await fetchStableToken(sandbox)).body).toEqual({ access_token: first, expires_in: 300 })
  clock.advance(1)
  const second = (await fetchStableToken(sandbox)).body
  expect(second).toEqual({ access_token: expect.not.stringMatching(String(first)), expires_in: 7200 })
  expect(await worth(sandbox, first)).toBe(0)
  clock.advance(300_000 - 1)
  expect(await worth(sandbox, first)).toBe(42001)
  expect(await worth(sandbox, second.access_token)).toBe(0)
})

test('a forced refresh ends the last token at once', async () => {
  await using sandbox = await startSandbox()
  const first = await fetchAccessToken(sandbox)
  const forced = (await fetchStableToken(sandbox, { force_refresh: true })).body
  expect(forced.expires_in).toBe(7200)
  expect(await worth(sandbox, first)).toBe(40001)
  expect(await worth(sandbox, forced.access_token)).toBe(0)
  expect(await fetchAccessToken(sandbox)).toBe(forced.access_token)
})

test('by the other reading of the document, it takes two forced refreshes to end a leaked token', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock, rules: { forceRefreshOverlapMs: 300_000 } })
  const leaked = await fetchAccessToken(sandbox)
  await fetchStableToken(sandbox, { force_refresh: true })
  expect(await worth(sandbox, leaked)).toBe(0)
  clock.advance(30_000)
  await fetchStableToken(sandbox, { force_refresh: true })
  expect(await worth(sandbox, leaked)).toBe(40001)
})

test('two forced refreshes within thirty seconds are one', async () => {
  const clock = frozenClock(NOON)
  await using sandbox = await startSandbox({ clock })
  const force = async () => (await fetchStableToken(sandbox, { force_refresh: true })).body.access_token
  const first = await force()
  clock.advance(30_000 - 1)
  expect(await force()).toBe(first)
  clock.advance(1)
  expect(await force()).not.toBe(first)
})

test('a stable token can be forced twenty times a day of Beijing', async () => {
  const clock = frozenClock('2026-01-01T10:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const force = async () => (await fetchStableToken(sandbox, { force_refresh: true })).body
  for (let time = 1; time <= 20; time++) {
    expect((await force()).access_token).toBeDefined()
    clock.advance(30_000)
  }
  expect(await force()).toEqual({
    errcode: 45009,
    errmsg: expect.stringMatching(/^reach max api daily quota limit rid: /),
  })
  expect((await fetchStableToken(sandbox)).body.access_token, 'the normal mode goes on').toBeDefined()
  clock.advance(6 * 3_600_000)
  expect((await force()).access_token, 'midnight in Beijing has passed').toBeDefined()
})

test('a stable token is asked for by POST, in JSON', async () => {
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
])('a token is refused for %s = "%s"', async (name, value, errcode) => {
  await using sandbox = await startSandbox()
  expect((await plainToken(sandbox, { [name]: value })).body).toMatchObject({ errcode })
  expect((await fetchStableToken(sandbox, { [name]: value })).body).toMatchObject({ errcode })
})

test('a stranger with the secret kills the token', async () => {
  await using sandbox = await startSandbox()
  const token = await fetchAccessToken(sandbox)
  sandbox.console().replaceToken()
  expect(await worth(sandbox, token)).toBe(40001)
  expect(sandbox.console().tokens).toHaveLength(1)
})
