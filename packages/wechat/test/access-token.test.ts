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

const MINUTE = 60_000

/** A WeChat whose tokens die when it is told so. */
function tokenWeChat({ expiresIn = 7200 } = {}) {
  let serial = 0
  let alive = ''
  return {
    kill: () => {
      alive = ''
    },
    get alive() {
      return alive
    },
    answer({ path, query, body }: ReceivedRequest): FakeReply {
      if (path === '/cgi-bin/stable_token') {
        const isForced =
          body !== null && typeof body === 'object' && 'force_refresh' in body && body.force_refresh
        if (alive === '' || isForced) {
          serial += 1
          alive = `99_token-${serial}`
        }
        return { access_token: alive, expires_in: expiresIn }
      }
      return query.get('access_token') === alive
        ? phoneResponse
        : { errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' }
    },
  }
}

const fresh = { maxWatermarkAgeMs: 24 * 60 * MINUTE }

test('one token serves any number of calls', async () => {
  await using it = createFakeWeChat(respondOk)
  await Promise.all(Array.from({ length: 50 }, () => it.wechat.exchangePhoneCode({ phoneCode })))
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('stable_token')).toHaveLength(1)
})

test('a thousand callers with a dead token fetch one token', async () => {
  const weChat = tokenWeChat()
  await using it = createFakeWeChat((seen) => weChat.answer(seen))
  await it.wechat.exchangePhoneCode({ phoneCode })
  weChat.kill()
  const phones = await Promise.all(
    Array.from({ length: 1_000 }, () => it.wechat.exchangePhoneCode({ phoneCode })),
  )
  expect(phones).toHaveLength(1_000)
  expect(it.requestsTo('stable_token')).toHaveLength(2)
  expect(it.events.filter(({ type }) => type === 'token-invalidated')).toHaveLength(1)
})

test.each([40001, 40014, 42001])('after %i the call goes once more, with another token', async (errcode) => {
  const weChat = tokenWeChat()
  await using it = createFakeWeChat((seen) => {
    const answer = weChat.answer(seen)
    return 'errcode' in Object(answer) && answer !== phoneResponse ? { errcode } : answer
  })
  await it.wechat.exchangePhoneCode({ phoneCode })
  weChat.kill()
  await it.wechat.exchangePhoneCode({ phoneCode })
  const tokens = it.requestsTo('getuserphonenumber').map(({ query }) => query.get('access_token'))
  expect(tokens).toEqual(['99_token-1', '99_token-1', '99_token-2'])
})

test('a second token error is the answer', async () => {
  await using it = createFakeWeChat((seen) =>
    seen.path.endsWith('stable_token') ? respondOk(seen) : { errcode: 40001 },
  )
  await expect(it.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({ errcode: 40001 })
  expect(it.requestsTo('getuserphonenumber')).toHaveLength(2)
})

test('any other errcode is not asked about twice', async () => {
  await using it = createFakeWeChat((seen) =>
    seen.path.endsWith('stable_token') ? respondOk(seen) : { errcode: 40029 },
  )
  await expect(it.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({ errcode: 40029 })
  expect(it.requestsTo('getuserphonenumber')).toHaveLength(1)
})

test('late refusals of a dead token leave the token after it alone', async () => {
  const late: (() => void)[] = []
  const weChat = tokenWeChat()
  await using it = createFakeWeChat((seen) => {
    if (seen.query.get('access_token') !== '99_token-1' || weChat.alive === '99_token-1')
      return weChat.answer(seen)
    const refusal = Response.json({ errcode: 40001 })
    return new Promise((resolve) => late.push(() => resolve(refusal)))
  })
  await it.wechat.exchangePhoneCode({ phoneCode })
  weChat.kill()
  const calls = [it.wechat.exchangePhoneCode({ phoneCode }), it.wechat.exchangePhoneCode({ phoneCode })]
  await expect.poll(() => late.length).toBe(2)
  late[0]?.()
  await calls[0]
  late[1]?.()
  await calls[1]
  expect(it.requestsTo('stable_token')).toHaveLength(2)
})

test('late refusals do no harm even when WeChat gives the very same token again', async () => {
  let refusals = 3
  await using it = createFakeWeChat((seen) => {
    if (seen.path.endsWith('stable_token') || refusals === 0) return respondOk(seen)
    refusals -= 1
    return { errcode: 40001 }
  })
  await Promise.all([1, 2, 3].map(() => it.wechat.exchangePhoneCode({ phoneCode })))
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('stable_token')).toHaveLength(2)
})

test('from five minutes before the end on, a call starts a renewal and does not wait for it', async () => {
  let renewals: Promise<Response> | undefined
  let release = () => {}
  await using it = createFakeWeChat((seen) => {
    if (seen.path.endsWith('stable_token') && it.requestsTo('stable_token').length > 1) {
      renewals ??= new Promise((resolve) => {
        release = () => resolve(Response.json({ access_token: '99_next', expires_in: 7200 }))
      })
      return renewals
    }
    return respondOk(seen)
  }, fresh)
  await it.wechat.exchangePhoneCode({ phoneCode })
  it.advance(115 * MINUTE - 1)
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('stable_token')).toHaveLength(1)

  it.advance(1)
  await it.wechat.exchangePhoneCode({ phoneCode })
  await it.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(() => it.requestsTo('stable_token').length).toBe(2)
  release()
  await expect.poll(() => it.events.filter(({ type }) => type === 'token-fetched').length).toBe(2)
  await it.wechat.exchangePhoneCode({ phoneCode })
  const used = it.requestsTo('getuserphonenumber').map(({ query }) => query.get('access_token'))
  expect(used).toEqual(['99_token', '99_token', '99_token', '99_token', '99_next'])
})

test('a token that nobody uses is renewed all the same, until the client is disposed of', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const it = createFakeWeChat(respondOk)
  await it.wechat.exchangePhoneCode({ phoneCode })
  for (const fetches of [2, 3]) {
    it.advance(115 * MINUTE)
    await vi.advanceTimersByTimeAsync(115 * MINUTE)
    expect(it.requestsTo('stable_token')).toHaveLength(fetches)
  }
  await it[Symbol.asyncDispose]()
  expect(vi.getTimerCount()).toBe(0)
})

test('a renewal that fails is tried again a minute later, while the token works on', async () => {
  await using it = createFakeWeChat(
    (seen) =>
      seen.path.endsWith('stable_token') && it.requestsTo('stable_token').length > 1
        ? { errcode: 45009 }
        : respondOk(seen),
    fresh,
  )
  await it.wechat.exchangePhoneCode({ phoneCode })
  it.advance(116 * MINUTE)
  const failures = () => it.events.filter(({ type }) => type === 'token-renewal-failed').length
  await it.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(failures).toBe(1)
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('stable_token')).toHaveLength(2)
  it.advance(MINUTE)
  await it.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(failures).toBe(2)
})

test('a token is used until its last minute, and not in it', async () => {
  const weChat = tokenWeChat()
  await using it = createFakeWeChat((seen) => weChat.answer(seen), fresh)
  await it.wechat.exchangePhoneCode({ phoneCode })
  it.advance(119 * MINUTE - 1)
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('getuserphonenumber').at(-1)?.query.get('access_token')).toBe('99_token-1')

  await using other = createFakeWeChat((seen) => weChat.answer(seen), fresh)
  await other.wechat.exchangePhoneCode({ phoneCode })
  weChat.kill()
  other.advance(119 * MINUTE)
  await other.wechat.exchangePhoneCode({ phoneCode })
  expect(other.requestsTo('getuserphonenumber')).toHaveLength(2)
})

test('an expires_in of 300 is used, and does not make every call fetch', async () => {
  const weChat = tokenWeChat({ expiresIn: 300 })
  await using it = createFakeWeChat((seen) => weChat.answer(seen), fresh)
  for (let call = 0; call < 20; call += 1) await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('stable_token')).toHaveLength(1)
  it.advance(MINUTE)
  for (let call = 0; call < 20; call += 1) await it.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(() => it.requestsTo('stable_token').length).toBe(2)
})

test('an expires_in as text is read, one that makes no sense is refused', async () => {
  await using text = createFakeWeChat((seen) =>
    seen.path.endsWith('stable_token') ? { access_token: '99_text', expires_in: '7200' } : respondOk(seen),
  )
  await text.wechat.exchangePhoneCode({ phoneCode })
  for (const expires_in of [0, -7200, 1e12, 'soon', null]) {
    await using it = createFakeWeChat(() => ({ access_token: '99_odd', expires_in }))
    await expect(it.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
      code: 'WECHAT_UNREADABLE',
    })
  }
})

test('clients that share a store share a token', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  await using first = createFakeWeChat(respondOk, { keyValue })
  await using second = createFakeWeChat(respondOk, { keyValue })
  await Promise.all([first, second].map(({ wechat }) => wechat.exchangePhoneCode({ phoneCode })))
  expect(first.requestsTo('stable_token').length + second.requestsTo('stable_token').length).toBe(1)
})

test('mini-programs that share a store do not share a token', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  await using first = createFakeWeChat(respondOk, { keyValue })
  await using second = createFakeWeChat(respondOk, { keyValue, appId: 'wx1111111111111111' })
  await first.wechat.exchangePhoneCode({ phoneCode })
  await second.wechat.exchangePhoneCode({ phoneCode }).catch(() => undefined)
  expect(second.requestsTo('stable_token')).toHaveLength(1)
})

test('a slow old fetch does not overwrite a newer token', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  let answerSlowly = () => {}
  await using slow = createFakeWeChat(
    (seen) =>
      seen.path.endsWith('stable_token')
        ? new Promise((resolve) => {
            answerSlowly = () => resolve(Response.json({ access_token: '99_old', expires_in: 7200 }))
          })
        : respondOk(seen),
    { keyValue },
  )
  await using quick = createFakeWeChat(respondOk, { keyValue })
  const pending = slow.wechat.exchangePhoneCode({ phoneCode })
  await expect.poll(() => slow.requestsTo('stable_token').length).toBe(1)
  // It waits for the lease as long as is due, then goes on without.
  await quick.wechat.exchangePhoneCode({ phoneCode })
  answerSlowly()
  await pending
  expect(slow.requestsTo('getuserphonenumber')[0]?.query.get('access_token')).toBe('99_token')
  expect(await keyValue.get(`wechat:wx4f4bc4dec97d474b:access-token`)).toContain('99_token')
})

test('a store that is down costs a fetch for each process, not the login', async () => {
  const down = () => Promise.reject(new Error('Redis is down'))
  const keyValue: KeyValue = {
    get: down,
    set: down,
    setIfAbsent: down,
    compareAndSet: down,
    compareAndDelete: down,
    take: down,
    increment: down,
  }
  const weChat = tokenWeChat()
  await using it = createFakeWeChat((seen) => weChat.answer(seen), { keyValue })
  await it.wechat.exchangePhoneCode({ phoneCode })
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('stable_token')).toHaveLength(1)
  weChat.kill()
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('stable_token')).toHaveLength(2)
  expect(it.events).toContainEqual(expect.objectContaining({ type: 'key-value-failed', operation: 'get' }))
})

test('a process that starts with a dead token from the store replaces it', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  const weChat = tokenWeChat()
  await using first = createFakeWeChat((seen) => weChat.answer(seen), { keyValue })
  await first.wechat.exchangePhoneCode({ phoneCode })
  weChat.kill()
  await using second = createFakeWeChat((seen) => weChat.answer(seen), { keyValue })
  await second.wechat.exchangePhoneCode({ phoneCode })
  expect(second.requestsTo('stable_token')).toHaveLength(1)
  await first.wechat.exchangePhoneCode({ phoneCode })
  expect(first.requestsTo('stable_token')).toHaveLength(1)
})

test('what stands in the store and is no token is replaced', async () => {
  const keyValue = createMemoryKeyValue({ clock: () => consentedAt })
  const key = 'wechat:wx4f4bc4dec97d474b:access-token'
  for (const junk of ['', 'null', '{"value":1}', '{', '[]']) {
    await keyValue.set(key, junk, { ttlMs: MINUTE })
    await using it = createFakeWeChat(respondOk, { keyValue })
    await it.wechat.exchangePhoneCode({ phoneCode })
    expect(await keyValue.get(key)).toContain('99_token')
  }
})

test('a token fetch is tried again within its budget, with growing pauses', async () => {
  await using it = createFakeWeChat(() => new Response('', { status: 503 }), {
    circuit: { failures: 100, openMs: 1 },
  })
  const before = it.clock().getTime()
  await expect(it.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
    reason: 'http-5xx',
    endpoint: 'stable_token',
    sent: false,
  })
  expect(it.requestsTo('stable_token').length).toBeGreaterThan(5)
  expect(it.clock().getTime() - before).toBeLessThanOrEqual(8_000)
})

test('a token fetch that WeChat refuses is not tried again', async () => {
  await using it = createFakeWeChat(() => ({
    errcode: 40125,
    errmsg: 'invalid appsecret rid: 6949fe38-0627ff0d-47df91c7',
  }))
  await expect(it.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
    errcode: 40125,
    endpoint: 'stable_token',
  })
  expect(it.requestsTo('stable_token')).toHaveLength(1)
})

test('tokens may come from a central service', async () => {
  let fetches = 0
  const fetchAccessToken = async () => {
    fetches += 1
    return { accessToken: '99_central', expiresInSeconds: 7200 }
  }
  await using it = createFakeWeChat(respondOk, { fetchAccessToken })
  await Promise.all([1, 2, 3].map(() => it.wechat.exchangePhoneCode({ phoneCode })))
  expect(it.requestsTo('getuserphonenumber')[0]?.query.get('access_token')).toBe('99_central')
  expect(it.requestsTo('stable_token')).toHaveLength(0)
  expect(fetches).toBe(1)
})
