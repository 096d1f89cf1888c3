import { expect, onTestFinished, test, vi } from 'vitest'
import { createMemoryKeyValue, type KeyValue } from '../src/index.ts'
import {
  consentedAt,
  createFakeWeChat,
  type FakeReply,
  phoneCode,
  phoneResponse,
  type ReceivedRequest,
  respondOk,
} from './_fake-wechat.ts'

const MINUTE_MS = 60_000

/** A fake WeChat that checks access tokens; `revoke` invalidates the current one. */
function createTokenWeChat({ expiresIn = 7200 } = {}) {
  let serial = 0
  let valid = ''
  return {
    revoke: () => {
      valid = ''
    },
    get valid() {
      return valid
    },
    respond({ path, query, body }: ReceivedRequest): FakeReply {
      if (path === '/cgi-bin/stable_token') {
        const isForced =
          body !== null && typeof body === 'object' && 'force_refresh' in body && body.force_refresh
        if (valid === '' || isForced) {
          serial += 1
          valid = `99_token-${serial}`
        }
        return { access_token: valid, expires_in: expiresIn }
      }
      return query.get('access_token') === valid
        ? phoneResponse
        : { errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' }
    },
  }
}

/** Tests that advance the clock accept the old watermark of the fake's response. */
const acceptOldWatermarks = { maxWatermarkAgeMs: 24 * 60 * MINUTE_MS }

test('50 concurrent calls and a later one fetch one token', async () => {
  await using ctx = createFakeWeChat(respondOk)
  await Promise.all(Array.from({ length: 50 }, () => ctx.wechat.exchangePhoneCode({ phoneCode })))
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('stable_token')).toHaveLength(1)
})

test('1,000 concurrent calls with a revoked token fetch one new token', async () => {
  const weChat = createTokenWeChat()
  await using ctx = createFakeWeChat((request) => weChat.respond(request))
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  weChat.revoke()
  const phones = await Promise.all(
    Array.from({ length: 1_000 }, () => ctx.wechat.exchangePhoneCode({ phoneCode })),
  )
  expect(phones).toHaveLength(1_000)
  expect(ctx.requestsTo('stable_token')).toHaveLength(2)
  expect(ctx.events.filter(({ type }) => type === 'token-invalidated')).toHaveLength(1)
})

test.each([40001, 40014, 42001])(
  'a request rejected with %i is retried once with another token',
  async (errcode) => {
    const weChat = createTokenWeChat()
    await using ctx = createFakeWeChat((request) => {
      const reply = weChat.respond(request)
      return 'errcode' in Object(reply) && reply !== phoneResponse ? { errcode } : reply
    })
    await ctx.wechat.exchangePhoneCode({ phoneCode })
    weChat.revoke()
    await ctx.wechat.exchangePhoneCode({ phoneCode })
    const tokens = ctx.requestsTo('getuserphonenumber').map(({ query }) => query.get('access_token'))
    expect(tokens).toEqual(['99_token-1', '99_token-1', '99_token-2'])
  },
)

test('a token error on the retry is thrown', async () => {
  await using ctx = createFakeWeChat((request) =>
    request.path.endsWith('stable_token') ? respondOk(request) : { errcode: 40001 },
  )
  await expect(ctx.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({ errcode: 40001 })
  expect(ctx.requestsTo('getuserphonenumber')).toHaveLength(2)
})

test('an errcode that is no token error is not retried', async () => {
  await using ctx = createFakeWeChat((request) =>
    request.path.endsWith('stable_token') ? respondOk(request) : { errcode: 40029 },
  )
  await expect(ctx.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({ errcode: 40029 })
  expect(ctx.requestsTo('getuserphonenumber')).toHaveLength(1)
})

test('a late rejection of the old token does not invalidate the new token', async () => {
  const late: (() => void)[] = []
  const weChat = createTokenWeChat()
  await using ctx = createFakeWeChat((request) => {
    if (request.query.get('access_token') !== '99_token-1' || weChat.valid === '99_token-1')
      return weChat.respond(request)
    const rejection = Response.json({ errcode: 40001 })
    return new Promise((resolve) => late.push(() => resolve(rejection)))
  })
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  weChat.revoke()
  const calls = [ctx.wechat.exchangePhoneCode({ phoneCode }), ctx.wechat.exchangePhoneCode({ phoneCode })]
  await expect.poll(() => late.length).toBe(2)
  late[0]?.()
  await calls[0]
  late[1]?.()
  await calls[1]
  expect(ctx.requestsTo('stable_token')).toHaveLength(2)
})

test('concurrent rejections cause one fetch even if WeChat returns the same token again', async () => {
  let rejections = 3
  await using ctx = createFakeWeChat((request) => {
    if (request.path.endsWith('stable_token') || rejections === 0) return respondOk(request)
    rejections -= 1
    return { errcode: 40001 }
  })
  await Promise.all([1, 2, 3].map(() => ctx.wechat.exchangePhoneCode({ phoneCode })))
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('stable_token')).toHaveLength(2)
})

test('five minutes before expiry a call starts a renewal without waiting for it', async () => {
  let renewal: Promise<Response> | undefined
  let release = () => {}
  await using ctx = createFakeWeChat((request) => {
    if (request.path.endsWith('stable_token') && ctx.requestsTo('stable_token').length > 1) {
      renewal ??= new Promise((resolve) => {
        release = () => resolve(Response.json({ access_token: '99_next', expires_in: 7200 }))
      })
      return renewal
    }
    return respondOk(request)
  }, acceptOldWatermarks)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  ctx.advance(115 * MINUTE_MS - 1)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('stable_token')).toHaveLength(1)

  ctx.advance(1)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(() => ctx.requestsTo('stable_token').length).toBe(2)
  release()
  await expect.poll(() => ctx.events.filter(({ type }) => type === 'token-fetched').length).toBe(2)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  const used = ctx.requestsTo('getuserphonenumber').map(({ query }) => query.get('access_token'))
  expect(used).toEqual(['99_token', '99_token', '99_token', '99_token', '99_next'])
})

test('an unused token is renewed on a timer until the client is disposed of', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const ctx = createFakeWeChat(respondOk)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  for (const fetches of [2, 3]) {
    ctx.advance(115 * MINUTE_MS)
    await vi.advanceTimersByTimeAsync(115 * MINUTE_MS)
    expect(ctx.requestsTo('stable_token')).toHaveLength(fetches)
  }
  await ctx[Symbol.asyncDispose]()
  expect(vi.getTimerCount()).toBe(0)
})

test('a failed renewal is retried a minute later while the token stays in use', async () => {
  await using ctx = createFakeWeChat(
    (request) =>
      request.path.endsWith('stable_token') && ctx.requestsTo('stable_token').length > 1
        ? { errcode: 45009 }
        : respondOk(request),
    acceptOldWatermarks,
  )
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  ctx.advance(116 * MINUTE_MS)
  const failures = () => ctx.events.filter(({ type }) => type === 'token-renewal-failed').length
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(failures).toBe(1)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('stable_token')).toHaveLength(2)
  ctx.advance(MINUTE_MS)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(failures).toBe(2)
})

test('a token is used until a minute before its expiry', async () => {
  const weChat = createTokenWeChat()
  await using ctx = createFakeWeChat((request) => weChat.respond(request), acceptOldWatermarks)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  ctx.advance(119 * MINUTE_MS - 1)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('getuserphonenumber').at(-1)?.query.get('access_token')).toBe('99_token-1')

  await using other = createFakeWeChat((request) => weChat.respond(request), acceptOldWatermarks)
  await other.wechat.exchangePhoneCode({ phoneCode })
  weChat.revoke()
  other.advance(119 * MINUTE_MS)
  await other.wechat.exchangePhoneCode({ phoneCode })
  expect(other.requestsTo('getuserphonenumber')).toHaveLength(2)
})

test('a token with an expires_in of 300 is renewed at most once a minute', async () => {
  const weChat = createTokenWeChat({ expiresIn: 300 })
  await using ctx = createFakeWeChat((request) => weChat.respond(request), acceptOldWatermarks)
  for (let call = 0; call < 20; call += 1) await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('stable_token')).toHaveLength(1)
  ctx.advance(MINUTE_MS)
  for (let call = 0; call < 20; call += 1) await ctx.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(() => ctx.requestsTo('stable_token').length).toBe(2)
})

test('an expires_in may be a numeric string; an invalid one becomes WeChatResponseError', async () => {
  await using text = createFakeWeChat((request) =>
    request.path.endsWith('stable_token')
      ? { access_token: '99_text', expires_in: '7200' }
      : respondOk(request),
  )
  await text.wechat.exchangePhoneCode({ phoneCode })
  for (const expires_in of [0, -7200, 1e12, 'soon', null]) {
    await using ctx = createFakeWeChat(() => ({ access_token: '99_odd', expires_in }))
    await expect(ctx.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
      code: 'WECHAT_UNREADABLE',
    })
  }
})

test('clients with a common store share one token', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  await using first = createFakeWeChat(respondOk, { keyValue })
  await using second = createFakeWeChat(respondOk, { keyValue })
  await Promise.all([first, second].map(({ wechat }) => wechat.exchangePhoneCode({ phoneCode })))
  expect(first.requestsTo('stable_token').length + second.requestsTo('stable_token').length).toBe(1)
})

test('mini-programs with a common store have separate tokens', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  await using first = createFakeWeChat(respondOk, { keyValue })
  await using second = createFakeWeChat(respondOk, { keyValue, appId: 'wx1111111111111111' })
  await first.wechat.exchangePhoneCode({ phoneCode })
  await second.wechat.exchangePhoneCode({ phoneCode }).catch(() => undefined)
  expect(second.requestsTo('stable_token')).toHaveLength(1)
})

test('a slow token fetch does not overwrite a newer token', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  let respondSlowly = () => {}
  await using slow = createFakeWeChat(
    (request) =>
      request.path.endsWith('stable_token')
        ? new Promise((resolve) => {
            respondSlowly = () => resolve(Response.json({ access_token: '99_old', expires_in: 7200 }))
          })
        : respondOk(request),
    { keyValue },
  )
  await using quick = createFakeWeChat(respondOk, { keyValue })
  const pending = slow.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(() => slow.requestsTo('stable_token').length).toBe(1)
  // After the maximum wait for the lease, it fetches without one.
  await quick.wechat.exchangePhoneCode({ phoneCode })
  respondSlowly()
  await pending
  expect(slow.requestsTo('getuserphonenumber')[0]?.query.get('access_token')).toBe('99_token')
  expect(await keyValue.get(`wechat:wx4f4bc4dec97d474b:access-token`)).toContain('99_token')
})

test('without a reachable store a process fetches its own token and logins succeed', async () => {
  const fail = () => Promise.reject(new Error('Redis is down'))
  const keyValue: KeyValue = {
    get: fail,
    set: fail,
    setIfAbsent: fail,
    compareAndSet: fail,
    compareAndDelete: fail,
    increment: fail,
  }
  const weChat = createTokenWeChat()
  await using ctx = createFakeWeChat((request) => weChat.respond(request), { keyValue })
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('stable_token')).toHaveLength(1)
  weChat.revoke()
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('stable_token')).toHaveLength(2)
  expect(ctx.events).toContainEqual(expect.objectContaining({ type: 'key-value-failed', operation: 'get' }))
})

test('a process replaces a revoked token that it read from the store', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  const weChat = createTokenWeChat()
  await using first = createFakeWeChat((request) => weChat.respond(request), { keyValue })
  await first.wechat.exchangePhoneCode({ phoneCode })
  weChat.revoke()
  await using second = createFakeWeChat((request) => weChat.respond(request), { keyValue })
  await second.wechat.exchangePhoneCode({ phoneCode })
  expect(second.requestsTo('stable_token')).toHaveLength(1)
  await first.wechat.exchangePhoneCode({ phoneCode })
  expect(first.requestsTo('stable_token')).toHaveLength(1)
})

test('an invalid value in the store is replaced by a token', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  const key = 'wechat:wx4f4bc4dec97d474b:access-token'
  for (const invalid of ['', 'null', '{"value":1}', '{', '[]']) {
    await keyValue.set(key, invalid, { ttlMs: MINUTE_MS })
    await using ctx = createFakeWeChat(respondOk, { keyValue })
    await ctx.wechat.exchangePhoneCode({ phoneCode })
    expect(await keyValue.get(key)).toContain('99_token')
  }
})

test('a token fetch is retried with backoff until the retry budget is used up', async () => {
  await using ctx = createFakeWeChat(() => new Response('', { status: 503 }), {
    circuit: { failures: 100, openMs: 1 },
  })
  const before = ctx.clock().getTime()
  await expect(ctx.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
    reason: 'http-5xx',
    endpoint: 'stable_token',
    sent: false,
  })
  expect(ctx.requestsTo('stable_token').length).toBeGreaterThan(5)
  expect(ctx.clock().getTime() - before).toBeLessThanOrEqual(8_000)
})

test('a token fetch that fails with an errcode is not retried', async () => {
  await using ctx = createFakeWeChat(() => ({
    errcode: 40125,
    errmsg: 'invalid appsecret rid: 6949fe38-0627ff0d-47df91c7',
  }))
  await expect(ctx.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
    errcode: 40125,
    endpoint: 'stable_token',
  })
  expect(ctx.requestsTo('stable_token')).toHaveLength(1)
})

test('fetchAccessToken replaces the stable_token request', async () => {
  let fetches = 0
  const fetchAccessToken = async () => {
    fetches += 1
    return { accessToken: '99_central', expiresInSeconds: 7200 }
  }
  await using ctx = createFakeWeChat(respondOk, { fetchAccessToken })
  await Promise.all([1, 2, 3].map(() => ctx.wechat.exchangePhoneCode({ phoneCode })))
  expect(ctx.requestsTo('getuserphonenumber')[0]?.query.get('access_token')).toBe('99_central')
  expect(ctx.requestsTo('stable_token')).toHaveLength(0)
  expect(fetches).toBe(1)
})
