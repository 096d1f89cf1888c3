import { expect, test } from 'vitest'
import { frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import { startPushReceiver } from './_push-receiver.ts'
import { exchangeLoginCode, exchangePhoneCode, fetchJson, fetchStableToken, postJson } from './_requests.ts'

const startWithControl = () => startSandbox({ controlPort: 0, clock: frozenClock('2026-01-01T00:00:00Z') })
const controlUrl = (sandbox: Sandbox, path: string) => `${sandbox.controlUrl}/_sandbox${path}`
const call = (sandbox: Sandbox, method: string, path: string, body: unknown = {}) =>
  fetchJson(controlUrl(sandbox, path), {
    method,
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })

test('the control plane is off by default', async () => {
  await using sandbox = await startSandbox()
  expect(sandbox.controlUrl).toBeUndefined()
  expect((await fetchJson(`${sandbox.url}/_sandbox/people`)).body).toMatchObject({ errcode: 40066 })
})

test('GET /_sandbox lists the routes', async () => {
  await using sandbox = await startWithControl()
  const { body } = await fetchJson(controlUrl(sandbox, ''))
  expect(body.wechat).toBe(sandbox.url)
  expect(body.routes).toContainEqual({
    method: 'POST',
    path: '/_sandbox/people/:name/login-code',
    about: 'wx.login: { appId? }',
  })
})

test('the control plane performs taps of people', async () => {
  await using sandbox = await startWithControl()
  const alice = sandbox.person('alice')
  const people = await fetchJson(controlUrl(sandbox, '/people'))
  expect(people.body.people).toMatchObject([
    { name: 'alice', phones: [{ e164: '+8613800008915' }, { e164: '+8613900002046' }] },
    { name: 'bob' },
    { name: 'carol', phones: [{ phoneNumber: '+85251234567', countryCode: '852' }] },
  ])
  const login = (await postJson(controlUrl(sandbox, '/people/alice/login-code'), {})).body
  expect(login.errMsg).toBe('login:ok')
  expect((await exchangeLoginCode(sandbox, String(login.code))).body.openid).toBe(alice.openId)
  const tap = (await postJson(controlUrl(sandbox, '/people/alice/phone-code'), { phone: '+8613900002046' }))
    .body
  expect(tap.errMsg).toBe('getPhoneNumber:ok')
  expect((await exchangePhoneCode(sandbox, String(tap.code))).body.phone_info).toMatchObject({
    phoneNumber: '13900002046',
  })
  const refusal = await postJson(controlUrl(sandbox, '/people/alice/phone-refusal'), { platform: 'android' })
  expect(refusal.body).toEqual({ errMsg: 'getPhoneNumber:fail:user deny' })
  expect((await postJson(controlUrl(sandbox, '/people/alice/user-data'), {})).body.errMsg).toBe(
    'getUserInfo:ok',
  )
})

test('a login code can be requested without a body', async () => {
  await using sandbox = await startWithControl()
  const response = await fetchJson(controlUrl(sandbox, '/people/alice/login-code'), { method: 'POST' })
  expect(response.body.errMsg).toBe('login:ok')
})

test('people are added, changed and read over the control plane', async () => {
  await using sandbox = await startWithControl()
  await postJson(controlUrl(sandbox, '/people'), { name: 'dave 柿', phones: ['+14155550100'] })
  const changed = await call(sandbox, 'PATCH', '/people/dave%20%E6%9F%BF', { phones: [], blocked: true })
  expect(changed.body).toMatchObject({ name: 'dave 柿', phones: [], blocked: true })
  const shown = await fetchJson(controlUrl(sandbox, '/people/dave%20%E6%9F%BF'))
  expect(shown.body.apps).toEqual([
    {
      appId: sandbox.app.appId,
      openId: sandbox.person('dave 柿').openId,
      unionId: sandbox.person('dave 柿').unionId,
    },
  ])
})

test('apps are read and changed over the control plane', async () => {
  await using sandbox = await startWithControl()
  const path = `/apps/${sandbox.app.appId}`
  const change = {
    secretFrozen: true,
    ipWhitelist: ['10.0.0.0/8'],
    phoneTapsLeft: 0,
    sessionKeyRotation: 'always',
  }
  expect((await call(sandbox, 'PATCH', path, change)).body).toMatchObject({
    secretFrozen: true,
    ipWhitelist: ['10.0.0.0/8'],
    phoneTapsLeft: 0,
    charges: { phoneTaps: 0, cny: 0 },
  })
  expect((await fetchStableToken(sandbox)).body).toMatchObject({ errcode: 40243 })
  const back = { secretFrozen: false, ipWhitelist: null, phoneTapsLeft: null }
  await call(sandbox, 'PATCH', path, back)
  const { access_token: token } = (await fetchStableToken(sandbox)).body
  const tokens = (await fetchJson(controlUrl(sandbox, `${path}/tokens`))).body.tokens
  expect(tokens).toMatchObject([{ kind: 'stable', value: token }])
  const replaced = (await postJson(controlUrl(sandbox, `${path}/tokens/replace`), {})).body.tokens
  expect(replaced).toMatchObject([{ kind: 'stable', value: expect.not.stringMatching(String(token)) }])
  await call(sandbox, 'PUT', `${path}/quotas/stable-token/day`, { left: 0 })
  expect((await fetchStableToken(sandbox)).body).toMatchObject({ errcode: 45009 })
})

test('clock, codes, calls, faults and reset work over the control plane', async () => {
  await using sandbox = await startWithControl()
  const code = sandbox.person('bob').tapsLogin()
  expect((await fetchJson(controlUrl(sandbox, '/codes'))).body.codes).toMatchObject([
    { kind: 'login', code, person: 'bob' },
  ])
  const moved = await postJson(controlUrl(sandbox, '/clock/advance'), { ms: 300_000 })
  expect(moved.body.now).toBe('2026-01-01T00:05:00.000Z')
  expect((await fetchJson(controlUrl(sandbox, '/clock'))).body.now).toBe('2026-01-01T00:05:00.000Z')
  expect((await fetchJson(controlUrl(sandbox, '/codes'))).body.codes).toEqual([])
  const fault = (await postJson(controlUrl(sandbox, '/faults'), { kind: 'errcode', errcode: -1, times: 2 }))
    .body
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: -1 })
  expect((await fetchJson(controlUrl(sandbox, '/faults'))).body.faults).toMatchObject([
    { id: fault.id, timesLeft: 1 },
  ])
  await call(sandbox, 'DELETE', `/faults/${String(fault.id)}`)
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 40029 })
  expect((await fetchJson(controlUrl(sandbox, '/calls'))).body.calls).toMatchObject([
    { fault: 'errcode' },
    { errcode: 40029 },
  ])
  expect((await postJson(controlUrl(sandbox, '/reset'), {})).body).toEqual({ reset: true })
  expect((await fetchJson(controlUrl(sandbox, '/calls'))).body.calls).toEqual([])
})

test('the control plane configures, verifies and sends pushes', async () => {
  await using receiver = await startPushReceiver(({ query }) => ({ body: query.get('echostr') ?? 'success' }))
  await using sandbox = await startWithControl()
  const path = `/apps/${sandbox.app.appId}/push`
  const setup = await call(sandbox, 'PUT', path, { url: receiver.url, token: 'AAAAA', format: 'xml' })
  expect(setup.body).toMatchObject({ isAccepted: true })
  const sent = await postJson(controlUrl(sandbox, path), {
    event: 'user_authorization_revoke',
    person: 'alice',
    revokeInfo: '6',
  })
  expect(sent.body).toMatchObject({ isAccepted: true, attempts: 1 })
  expect(receiver.received[1]?.body).toContain('<RevokeInfo><![CDATA[6]]></RevokeInfo>')
})

test.each([
  ['POST', '/people/dave/login-code', {}, 404, 'no person is named dave: use one of alice, bob, carol'],
  [
    'POST',
    '/people/alice/phone-code',
    { phone: '+8613700003377' },
    404,
    'none of the 2 phone numbers of alice',
  ],
  ['POST', '/people/alice/phone-code', { phone: 'x' }, 400, 'with its country code, such as +8613800008915'],
  ['POST', '/people/alice/login-code', { appid: 'wx' }, 400, 'Unrecognized key: "appid"'],
  ['POST', '/people/alice/login-code', { appId: 'wx' }, 404, 'no app has the appId wx: use one of wx'],
  ['POST', '/people', { name: 'alice' }, 409, 'a person named alice exists'],
  ['PUT', '/apps/wx/quotas/a/b', { left: 1 }, 404, 'no quota is named a/b: use one of login/minute'],
  ['POST', '/apps/none/push', { event: 'user_info_modified' }, 404, 'no app has the appId none'],
  ['POST', '/faults', { kind: 'http' }, 400, 'the body is invalid at status'],
  ['DELETE', '/faults/fault-9', {}, 404, 'no fault has the id fault-9'],
  ['POST', '/clock/advance', { ms: -1 }, 400, 'the body is invalid at ms'],
  ['POST', '/clock/advance', { ms: 1e300 }, 400, 'the clock only moves forward'],
  ['GET', '/reset', {}, 405, 'GET /_sandbox/reset does not exist: use POST'],
  ['GET', '/nothing', {}, 404, 'GET /_sandbox lists the routes'],
])(
  '%s %s with %j is refused with %d and a message that names the fix',
  async (method, path, body, status, message) => {
    await using sandbox = await startWithControl()
    const response = await call(sandbox, method, path, body)
    expect(response.status).toBe(status)
    expect(response.body.error).toMatchObject({ message: expect.stringContaining(message) })
  },
)

test('a body that is not JSON is refused with a message, one that is too large with 413', async () => {
  await using sandbox = await startWithControl()
  const send = (body: string) => fetchJson(controlUrl(sandbox, '/people'), { method: 'POST', body })
  expect((await send('name=dave')).body.error).toMatchObject({ message: expect.stringContaining('not JSON') })
  expect((await send(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413)
})

test('only a page served from this machine may call the control plane', async () => {
  await using sandbox = await startWithControl()
  const from = (origin: string, method = 'GET') =>
    fetch(controlUrl(sandbox, '/people'), { method, headers: { origin } })
  for (const origin of ['http://localhost:10086', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
    expect((await from(origin)).headers.get('access-control-allow-origin')).toBe(origin)
  }
  const preflight = await from('http://localhost:10086', 'OPTIONS')
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
  for (const origin of ['https://example.com', 'http://localhost.example.com', 'null']) {
    const foreign = await from(origin)
    expect(foreign.status).toBe(403)
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('the WeChat API sends no CORS headers', async () => {
  await using sandbox = await startWithControl()
  const response = await fetch(`${sandbox.url}/cgi-bin/token`, {
    headers: { origin: 'http://localhost:10086' },
  })
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})
