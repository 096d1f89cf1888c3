import { frozenClock, type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { createWeChat, type WeChat, type WeChatOptions } from '../src/index.ts'

/** Generous, because a loaded machine must not exceed it. */
const DEADLINE_MS = 60_000

interface Harness extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly wechat: WeChat
}

/** Starts a sandbox, and a client that uses its clock. */
async function startHarness(options: Partial<WeChatOptions> = {}): Promise<Harness> {
  const sandbox = await startSandbox({ clock: frozenClock('2026-11-20T08:00:00Z') })
  const wechat = createWeChat({
    ...sandbox.app,
    baseUrl: sandbox.url,
    clock: () => sandbox.clock.now(),
    deadlineMs: DEADLINE_MS,
    ...options,
  })
  return {
    sandbox,
    wechat,
    async [Symbol.asyncDispose]() {
      await wechat[Symbol.asyncDispose]()
      await sandbox[Symbol.asyncDispose]()
    },
  }
}

function callsTo({ calls }: Sandbox, path: string) {
  return calls.filter(({ endpoint }) => endpoint.endsWith(path)).length
}

test("alice's login code and phone code return her openid and her phone number", async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  const session = await ctx.wechat.exchangeLoginCode(alice.tapsLogin())
  expect(session).toMatchObject({ openId: alice.openId, unionId: alice.unionId })
  const phone = await ctx.wechat.exchangePhoneCode({
    phoneCode: alice.allowsPhone(),
    openId: session.openId,
  })
  expect(phone.phoneNumber).toBe(alice.phones[0]?.e164)
  expect(phone.consentedAt).toEqual(ctx.sandbox.clock.now())
})

test("carol's phone number from Hong Kong keeps its country code", async () => {
  await using ctx = await startHarness()
  const phoneCode = ctx.sandbox.person('carol').allowsPhone()
  expect(await ctx.wechat.exchangePhoneCode({ phoneCode })).toMatchObject({
    phoneNumber: expect.stringMatching(/^\+852\d{8}$/),
    countryCode: '852',
  })
})

test('a used login code is rejected with 40163, an expired one with 40029', async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  const used = alice.tapsLogin()
  await ctx.wechat.exchangeLoginCode(used)
  await expect(ctx.wechat.exchangeLoginCode(used)).rejects.toMatchObject({
    errcode: 40163,
    rid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/),
  })
  const expired = alice.tapsLogin()
  ctx.sandbox.clock.advance(5 * 60_000 + 1)
  await expect(ctx.wechat.exchangeLoginCode(expired)).rejects.toMatchObject({ errcode: 40029 })
})

test('a code of the wrong kind is rejected and the error names its kind', async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  const invalidCode = { errcode: 40029 }
  await expect(ctx.wechat.exchangeLoginCode(alice.allowsPhone())).rejects.toMatchObject({
    ...invalidCode,
    sentCodeKind: 'phone',
  })
  await expect(ctx.wechat.exchangePhoneCode({ phoneCode: alice.tapsLogin() })).rejects.toMatchObject({
    ...invalidCode,
    sentCodeKind: 'login',
  })
})

test("bob's phone code is rejected with alice's openid", async () => {
  await using ctx = await startHarness()
  const { openId } = ctx.sandbox.person('alice')
  const phoneCode = ctx.sandbox.person('bob').allowsPhone()
  await expect(ctx.wechat.exchangePhoneCode({ phoneCode, openId })).rejects.toMatchObject({
    code: 'WECHAT_REFUSED',
  })
})

test('after another system replaces the token, 1,000 concurrent calls fetch one token and all succeed', async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  await ctx.wechat.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
  ctx.sandbox.console().replaceToken()
  const codes = Array.from({ length: 1_000 }, () => alice.allowsPhone())
  const phones = await Promise.all(codes.map((phoneCode) => ctx.wechat.exchangePhoneCode({ phoneCode })))
  expect(phones).toHaveLength(1_000)
  expect(callsTo(ctx.sandbox, 'stable_token')).toBe(2)
})

test('logins over two days never fail because of an expired token', async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  for (let minutes = 0; minutes < 48 * 60; minutes += 7) {
    await ctx.wechat.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
    ctx.sandbox.clock.advance(7 * 60_000)
  }
  expect(ctx.sandbox.calls.filter(({ errcode }) => errcode !== 0)).toEqual([])
  expect(callsTo(ctx.sandbox, 'stable_token')).toBeLessThan(30)
})

test('a login code is not sent again after a lost response', async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  ctx.sandbox.faults.add({ kind: 'lost', endpoint: 'jscode2session' })
  const code = alice.tapsLogin()
  await expect(ctx.wechat.exchangeLoginCode(code)).rejects.toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  expect(callsTo(ctx.sandbox, 'jscode2session')).toBe(1)
})

test.each([
  { kind: 'http', status: 502, endpoint: 'stable_token', times: 2 },
  { kind: 'html', endpoint: 'stable_token', times: 2 },
  { kind: 'reset', endpoint: 'stable_token', times: 2 },
  { kind: 'truncated', endpoint: 'stable_token', times: 2 },
  { kind: 'errcode', errcode: -1, endpoint: 'stable_token', times: 2 },
] as const)('a phone code exchange survives two $kind faults of the token endpoint', async (fault) => {
  await using ctx = await startHarness({ sleep: async () => {} })
  ctx.sandbox.faults.add(fault)
  const phoneCode = ctx.sandbox.person('alice').allowsPhone()
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(callsTo(ctx.sandbox, 'stable_token')).toBe(3)
})

test('five outages open the circuit, and it closes after WeChat has recovered', async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  const fault = ctx.sandbox.faults.add({ kind: 'http', status: 503, share: 1 })
  for (let n = 0; n < 5; n += 1) await ctx.wechat.exchangeLoginCode(alice.tapsLogin()).catch(() => undefined)
  const code = alice.tapsLogin()
  await expect(ctx.wechat.exchangeLoginCode(code)).rejects.toMatchObject({
    reason: 'circuit-open',
    sent: false,
  })
  expect(callsTo(ctx.sandbox, 'jscode2session')).toBe(5)
  ctx.sandbox.faults.remove(fault.id)
  ctx.sandbox.clock.advance(10_000)
  expect(await ctx.wechat.exchangeLoginCode(code)).toMatchObject({ openId: alice.openId })
})

test('a session key is valid until it is reset', async () => {
  await using ctx = await startHarness()
  const session = await ctx.wechat.exchangeLoginCode(ctx.sandbox.person('alice').tapsLogin())
  expect(await ctx.wechat.checkSession(session)).toBe(true)
  const next = await ctx.wechat.resetSessionKey(session)
  expect(await ctx.wechat.checkSession(session)).toBe(false)
  expect(await ctx.wechat.checkSession(next)).toBe(true)
  await expect(ctx.wechat.resetSessionKey(session)).rejects.toMatchObject({ errcode: 87009 })
})

test('encrypted data decrypts with the session key of the latest login only', async () => {
  await using ctx = await startHarness()
  ctx.sandbox.console().setSessionKeyRotation('always')
  const alice = ctx.sandbox.person('alice')
  const earlier = await ctx.wechat.exchangeLoginCode(alice.tapsLogin())
  const { openId, sessionKey } = await ctx.wechat.exchangeLoginCode(alice.tapsLogin())
  const { rawData, signature, encryptedData, iv } = alice.userData()
  expect(ctx.wechat.verifySignature({ rawData, signature, sessionKey })).toBe(true)
  expect(ctx.wechat.verifySignature({ rawData, signature, sessionKey: earlier.sessionKey })).toBe(false)
  const encrypted = { kind: 'profile', encryptedData, iv, openId } as const
  expect(ctx.wechat.decrypt({ ...encrypted, sessionKey })).toMatchObject({ openId, unionId: alice.unionId })
  expect(() => ctx.wechat.decrypt({ ...encrypted, sessionKey: earlier.sessionKey })).toThrow(
    /does not decrypt/,
  )
})

test('a forced refresh replaces the token, at most 20 times a day and 30 seconds apart', async () => {
  await using ctx = await startHarness()
  const alice = ctx.sandbox.person('alice')
  await ctx.wechat.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
  for (let remaining = 19; remaining >= 0; remaining -= 1) {
    expect(await ctx.wechat.forceRefreshAccessToken()).toMatchObject({ remainingToday: remaining })
    await ctx.wechat.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
    await expect(ctx.wechat.forceRefreshAccessToken()).rejects.toMatchObject({ reason: 'too-soon' })
    ctx.sandbox.clock.advance(30_000)
  }
  await expect(ctx.wechat.forceRefreshAccessToken()).rejects.toMatchObject({ reason: 'quota-spent' })
  expect(callsTo(ctx.sandbox, 'stable_token')).toBe(21)
  expect(ctx.sandbox.calls.filter(({ errcode }) => errcode !== 0)).toEqual([])
})

test('checkText passes a harmless text', async () => {
  await using ctx = await startHarness()
  const { openId } = await ctx.wechat.exchangeLoginCode(ctx.sandbox.person('alice').tapsLogin())
  expect(await ctx.wechat.checkText({ openId, text: '好柿开花', scene: 'profile' })).toMatchObject({
    suggestion: 'pass',
    label: 100,
  })
})
