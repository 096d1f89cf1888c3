import { frozenClock, type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { createWeChat, type WeChat, type WeChatOptions } from '../src/index.ts'

const A_SLOW_MACHINE_MS = 60_000

interface World extends AsyncDisposable {
  readonly weChat: Sandbox
  readonly client: WeChat
}

/** A local WeChat and a client that takes its time from it. */
async function meet(options: Partial<WeChatOptions> = {}): Promise<World> {
  const weChat = await startSandbox({ clock: frozenClock('2026-11-20T08:00:00Z') })
  const client = createWeChat({
    ...weChat.app,
    baseUrl: weChat.url,
    clock: () => weChat.clock.now(),
    deadlineMs: A_SLOW_MACHINE_MS,
    ...options,
  })
  return {
    weChat,
    client,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]()
      await weChat[Symbol.asyncDispose]()
    },
  }
}

function callsTo({ calls }: Sandbox, word: string) {
  return calls.filter(({ endpoint }) => endpoint.endsWith(word)).length
}

test('alice logs in: a session and a phone of hers', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  const session = await world.client.exchangeLoginCode(alice.tapsLogin())
  expect(session).toMatchObject({ openId: alice.openId, unionId: alice.unionId })
  const phone = await world.client.exchangePhoneCode({
    phoneCode: alice.allowsPhone(),
    openId: session.openId,
  })
  expect(phone.phoneNumber).toBe(alice.phones[0]?.e164)
  expect(phone.consentedAt).toEqual(world.weChat.clock.now())
})

test("carol's number of Hong Kong keeps its country", async () => {
  await using world = await meet()
  const phoneCode = world.weChat.person('carol').allowsPhone()
  expect(await world.client.exchangePhoneCode({ phoneCode })).toMatchObject({
    phoneNumber: expect.stringMatching(/^\+852\d{8}$/),
    countryCode: '852',
  })
})

test('a spent, an old and a foreign code are each refused in their way', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  const spent = alice.tapsLogin()
  await world.client.exchangeLoginCode(spent)
  await expect(world.client.exchangeLoginCode(spent)).rejects.toMatchObject({
    errcode: 40163,
    rid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/),
  })
  const old = alice.tapsLogin()
  world.weChat.clock.advance(5 * 60_000 + 1)
  await expect(world.client.exchangeLoginCode(old)).rejects.toMatchObject({ errcode: 40029 })
})

test('codes of the wrong kind are refused with the kind they have', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  const swapped = { errcode: 40029 }
  await expect(world.client.exchangeLoginCode(alice.allowsPhone())).rejects.toMatchObject({
    ...swapped,
    sentCodeKind: 'phone',
  })
  await expect(world.client.exchangePhoneCode({ phoneCode: alice.tapsLogin() })).rejects.toMatchObject({
    ...swapped,
    sentCodeKind: 'login',
  })
})

test("bob's phone code with alice's openid is refused", async () => {
  await using world = await meet()
  const { openId } = world.weChat.person('alice')
  const phoneCode = world.weChat.person('bob').allowsPhone()
  await expect(world.client.exchangePhoneCode({ phoneCode, openId })).rejects.toMatchObject({
    code: 'WECHAT_REFUSED',
  })
})

test('when a stranger replaces the token, a thousand callers fetch one, and no phone code is lost', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  await world.client.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
  world.weChat.console().replaceToken()
  const codes = Array.from({ length: 1_000 }, () => alice.allowsPhone())
  const phones = await Promise.all(codes.map((phoneCode) => world.client.exchangePhoneCode({ phoneCode })))
  expect(phones).toHaveLength(1_000)
  expect(callsTo(world.weChat, 'stable_token')).toBe(2)
})

test('logins through two days of tokens never meet a dead one', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  for (let minutes = 0; minutes < 48 * 60; minutes += 7) {
    await world.client.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
    world.weChat.clock.advance(7 * 60_000)
  }
  expect(world.weChat.calls.filter(({ errcode }) => errcode !== 0)).toEqual([])
  expect(callsTo(world.weChat, 'stable_token')).toBeLessThan(30)
})

test('an answer that is lost on the way does not spend the code a second time', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  world.weChat.faults.add({ kind: 'lost', endpoint: 'jscode2session' })
  const code = alice.tapsLogin()
  await expect(world.client.exchangeLoginCode(code)).rejects.toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  expect(callsTo(world.weChat, 'jscode2session')).toBe(1)
})

test.each([
  { kind: 'http', status: 502, endpoint: 'stable_token', times: 2 },
  { kind: 'html', endpoint: 'stable_token', times: 2 },
  { kind: 'reset', endpoint: 'stable_token', times: 2 },
  { kind: 'truncated', endpoint: 'stable_token', times: 2 },
  { kind: 'errcode', errcode: -1, endpoint: 'stable_token', times: 2 },
] as const)('a login survives a token endpoint that answers with $kind', async (fault) => {
  await using world = await meet({ sleep: async () => {} })
  world.weChat.faults.add(fault)
  const phoneCode = world.weChat.person('alice').allowsPhone()
  await world.client.exchangePhoneCode({ phoneCode })
  expect(callsTo(world.weChat, 'stable_token')).toBe(3)
})

test('a WeChat that is down for a while costs callers no waiting, and comes back', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  const fault = world.weChat.faults.add({ kind: 'http', status: 503, share: 1 })
  for (let n = 0; n < 5; n += 1)
    await world.client.exchangeLoginCode(alice.tapsLogin()).catch(() => undefined)
  const kept = alice.tapsLogin()
  await expect(world.client.exchangeLoginCode(kept)).rejects.toMatchObject({
    reason: 'circuit-open',
    sent: false,
  })
  expect(callsTo(world.weChat, 'jscode2session')).toBe(5)
  world.weChat.faults.remove(fault.id)
  world.weChat.clock.advance(10_000)
  expect(await world.client.exchangeLoginCode(kept)).toMatchObject({ openId: alice.openId })
})

test('a session key is checked, reset, and stale after it', async () => {
  await using world = await meet()
  const session = await world.client.exchangeLoginCode(world.weChat.person('alice').tapsLogin())
  expect(await world.client.checkSession(session)).toBe(true)
  const next = await world.client.resetSessionKey(session)
  expect(await world.client.checkSession(session)).toBe(false)
  expect(await world.client.checkSession(next)).toBe(true)
  await expect(world.client.resetSessionKey(session)).rejects.toMatchObject({ errcode: 87009 })
})

test('what the mini-program gets encrypted decrypts with the key of the login, and with no older one', async () => {
  await using world = await meet()
  world.weChat.console().setSessionKeyRotation('always')
  const alice = world.weChat.person('alice')
  const old = await world.client.exchangeLoginCode(alice.tapsLogin())
  const { openId, sessionKey } = await world.client.exchangeLoginCode(alice.tapsLogin())
  const { rawData, signature, encryptedData, iv } = alice.userData()
  expect(world.client.verifySignature({ rawData, signature, sessionKey })).toBe(true)
  expect(world.client.verifySignature({ rawData, signature, sessionKey: old.sessionKey })).toBe(false)
  const sealed = { kind: 'profile', encryptedData, iv, openId } as const
  expect(world.client.decrypt({ ...sealed, sessionKey })).toMatchObject({ openId, unionId: alice.unionId })
  expect(() => world.client.decrypt({ ...sealed, sessionKey: old.sessionKey })).toThrow(/does not decrypt/)
})

test('a forced refresh replaces the token everywhere, twenty times a day, thirty seconds apart', async () => {
  await using world = await meet()
  const alice = world.weChat.person('alice')
  await world.client.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
  for (let left = 19; left >= 0; left -= 1) {
    expect(await world.client.forceRefreshAccessToken()).toMatchObject({ remainingToday: left })
    await world.client.exchangePhoneCode({ phoneCode: alice.allowsPhone() })
    await expect(world.client.forceRefreshAccessToken()).rejects.toMatchObject({ reason: 'too-soon' })
    world.weChat.clock.advance(30_000)
  }
  await expect(world.client.forceRefreshAccessToken()).rejects.toMatchObject({ reason: 'quota-spent' })
  expect(callsTo(world.weChat, 'stable_token')).toBe(21)
  expect(world.weChat.calls.filter(({ errcode }) => errcode !== 0)).toEqual([])
})

test('a text is judged', async () => {
  await using world = await meet()
  const { openId } = await world.client.exchangeLoginCode(world.weChat.person('alice').tapsLogin())
  expect(await world.client.checkText({ openId, text: '好柿开花', scene: 'profile' })).toMatchObject({
    suggestion: 'pass',
    label: 100,
  })
})
