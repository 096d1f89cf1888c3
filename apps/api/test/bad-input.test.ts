import { createSecretKey, randomBytes } from 'node:crypto'
import { frozenClock, type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, startApi } from './_api.ts'

let wechat: Sandbox
let api: RunningApi
/** The body of every response of this file. */
const bodies: string[] = []
/** Texts that no response and no log line may contain: codes, tokens, openids, phone numbers, secrets. */
const secrets: string[] = []

beforeAll(async () => {
  // Expiry is tested to the second, so the clock moves only when a test advances it.
  wechat = await startSandbox({ clock: frozenClock('2026-11-20T08:00:00Z') })
  api = await startApi({ wechat })
  const people = ['alice', 'bob', 'carol'].map((name) => api.wechat.person(name))
  secrets.push(api.wechat.app.secret)
  for (const person of people)
    secrets.push(person.openId, ...person.phones.map(({ phoneNumber }) => phoneNumber))
})
afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await wechat[Symbol.asyncDispose]()
})

async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(`${api.url}${path}`, {
    headers: { 'content-type': 'application/json' },
    ...init,
  })
  const text = await response.text()
  bodies.push(text)
  const { error } = JSON.parse(text) as { error?: { data: { failure: string; httpStatus: number } } }
  expect(error?.data.httpStatus ?? 200).toBe(response.status)
  return { status: response.status, failure: error?.data.failure ?? 'none', text }
}

const login = (input: unknown) => send('/trpc/login', { method: 'POST', body: JSON.stringify(input) })
const me = (authorization?: string) =>
  send('/trpc/me', { headers: authorization === undefined ? {} : { authorization } })

function codes() {
  const alice = api.wechat.person('alice')
  const pair = { code: alice.tapsLogin(), phoneCode: alice.allowsPhone() }
  secrets.push(pair.code, pair.phoneCode)
  return pair
}

describe('the body', () => {
  test.each([
    ['a missing field', { code: 'x' }, 'INPUT_INVALID'],
    ['a field of another type', { code: 7, phoneCode: {} }, 'INPUT_INVALID'],
    ['an empty code', { code: ' ', phoneCode: 'x' }, 'INPUT_INVALID'],
    ['a code of ten thousand letters', { code: 'x'.repeat(10_000), phoneCode: 'x' }, 'INPUT_INVALID'],
    ['an unknown field', { code: 'x', phoneCode: 'x', isAdmin: true }, 'INPUT_INVALID'],
    ['an array in place of the object', [], 'INPUT_INVALID'],
  ])('a body with %s is refused', async (_name, input, failure) => {
    expect(await login(input)).toMatchObject({ status: 400, failure })
  })

  test('a body that is not JSON is refused with BODY_UNREADABLE', async () => {
    expect(await send('/trpc/login', { method: 'POST', body: '{"code":' })).toMatchObject({
      status: 400,
      failure: 'BODY_UNREADABLE',
    })
  })

  test('a body of another media type is refused with BODY_NOT_JSON', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await send('/trpc/login', { method: 'POST', headers, body: 'code=x' })).toMatchObject({
      status: 415,
      failure: 'BODY_NOT_JSON',
    })
  })

  test('a body that is too large is refused with BODY_TOO_LARGE', async () => {
    const body = JSON.stringify({ code: 'x'.repeat(20_000) })
    expect(await send('/trpc/login', { method: 'POST', body })).toMatchObject({
      status: 413,
      failure: 'BODY_TOO_LARGE',
    })
  })
})

describe('the procedure', () => {
  test.each(['/trpc/logout-of-everything', '/trpc/a/b', '/nowhere'])(
    'the path %s is refused with PROCEDURE_UNKNOWN',
    async (path) => {
      expect(await send(path)).toMatchObject({ status: 404, failure: 'PROCEDURE_UNKNOWN' })
    },
  )

  test('login by GET is refused with METHOD_WRONG', async () => {
    expect(await send('/trpc/login')).toMatchObject({ status: 405, failure: 'METHOD_WRONG' })
  })

  test('a batch is refused with status 400', async () => {
    expect((await send('/trpc/me,me?batch=1')).status).toBe(400)
  })
})

describe('the codes', () => {
  test('a spent login code is refused with LOGIN_CODE_SPENT', async () => {
    const { code, phoneCode } = codes()
    await login({ code, phoneCode })
    expect(await login({ code, phoneCode: codes().phoneCode })).toMatchObject({ failure: 'LOGIN_CODE_SPENT' })
  })

  test('a spent phone code is refused with PHONE_CODE_INVALID', async () => {
    const { code, phoneCode } = codes()
    await login({ code, phoneCode })
    expect(await login({ code: codes().code, phoneCode })).toMatchObject({ failure: 'PHONE_CODE_INVALID' })
  })

  test('an expired login code is refused with LOGIN_CODE_INVALID', async () => {
    const expired = codes()
    api.wechat.clock.advance(5 * 60_000 + 1_000)
    expect(await login({ ...codes(), code: expired.code })).toMatchObject({ failure: 'LOGIN_CODE_INVALID' })
  })

  test('an expired phone code is refused with PHONE_CODE_INVALID', async () => {
    const expired = codes()
    api.wechat.clock.advance(5 * 60_000 + 1_000)
    expect(await login({ ...codes(), phoneCode: expired.phoneCode })).toMatchObject({
      failure: 'PHONE_CODE_INVALID',
    })
  })

  test('swapped codes are refused before they are sent to WeChat', async () => {
    const { code, phoneCode } = codes()
    const sent = api.wechat.calls.length
    expect(await login({ code: phoneCode, phoneCode: code })).toMatchObject({
      failure: 'LOGIN_CODE_IS_PHONE_CODE',
    })
    expect(await login({ code, phoneCode: code })).toMatchObject({ failure: 'PHONE_CODE_IS_LOGIN_CODE' })
    expect(api.wechat.calls).toHaveLength(sent)
    expect(await login({ code, phoneCode })).toMatchObject({ status: 200 })
  })

  test("DevTools' mock code is refused", async () => {
    expect(await login({ ...codes(), code: 'the code is a mock one' })).toMatchObject({
      failure: 'LOGIN_CODE_IS_MOCK',
    })
  })

  test("another person's phone code is refused with PHONE_CODE_OF_ANOTHER", async () => {
    const phoneCode = api.wechat.person('bob').allowsPhone()
    secrets.push(phoneCode)
    const { status, failure } = await login({ ...codes(), phoneCode })
    expect(status).toBe(400)
    expect(failure).toBe('PHONE_CODE_OF_ANOTHER')
  })
})

describe('the token', () => {
  const claims = { userId: '1', userName: 'x' }
  const sign = (change: (jwt: SignJWT) => SignJWT, key = createSecretKey(randomBytes(48))) =>
    change(
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setSubject('1')
        .setIssuedAt()
        .setExpirationTime('1h'),
    ).sign(key)

  test('a missing token is refused with TOKEN_MISSING, an unreadable one with TOKEN_INVALID', async () => {
    for (const missing of [undefined, '', 'Bearer', 'Bearer  '])
      expect(await me(missing)).toMatchObject({ failure: 'TOKEN_MISSING' })
    for (const wrong of ['x', 'Bearer x.y.z', `Bearer ${'x'.repeat(5_000)}`])
      expect(await me(wrong)).toMatchObject({ status: 401, failure: 'TOKEN_INVALID' })
  })

  test('a forged token is refused', async () => {
    const forged = await sign((jwt) => jwt.setIssuer('kinpass').setAudience('kinpass-miniapp'))
    secrets.push(forged)
    expect(await me(forged)).toMatchObject({ status: 401, failure: 'TOKEN_INVALID' })
  })

  test('a token without a signature is refused', async () => {
    const unsigned = new UnsecuredJWT(claims)
      .setSubject('1')
      .setIssuer('kinpass')
      .setAudience('kinpass-miniapp')
      .setIssuedAt()
      .setExpirationTime('1h')
      .encode()
    secrets.push(unsigned)
    expect(await me(unsigned)).toMatchObject({ status: 401, failure: 'TOKEN_INVALID' })
  })

  test('a token of another issuer is refused, although the key is right', async () => {
    const ours = createSecretKey(Buffer.from('Qm9vbSBhIHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo'))
    const foreign = await sign((jwt) => jwt.setIssuer('another').setAudience('kinpass-miniapp'), ours)
    secrets.push(foreign)
    expect(await me(foreign)).toMatchObject({ status: 401, failure: 'TOKEN_INVALID' })
  })

  test('a token is refused with TOKEN_EXPIRED at the second of its expiry', async () => {
    const { text } = await login(codes())
    bodies.pop() // The response to a login contains its own token.
    const { token, expiresInSeconds } = JSON.parse(text).result.data as {
      token: string
      expiresInSeconds: number
    }
    secrets.push(token)
    api.wechat.clock.advance((expiresInSeconds - 1) * 1_000)
    expect(await me(token)).toMatchObject({ status: 200 })
    api.wechat.clock.advance(1_000)
    expect(await me(token)).toMatchObject({ status: 401, failure: 'TOKEN_EXPIRED' })
  })
})

test('no response and no log line of the tests above contains a secret', () => {
  // The responses to logins contain their own tokens.
  const output = [...bodies.filter((body) => !body.includes('"token"')), api.log()].join('\n')
  expect(output).toContain('TOKEN_INVALID')
  expect(secrets.filter((secret) => output.includes(secret))).toEqual([])
  expect(secrets.length).toBeGreaterThan(20)
})
