import { expect, test } from 'vitest'
import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from '../src/index.ts'
import {
  app,
  consentedAt,
  createFakeWeChat,
  loginCode,
  loginResponse,
  phoneCode,
  phoneResponse,
  respondOk,
} from './_fake-wechat.ts'

test('a login code is exchanged for openid and session key', async () => {
  await using ctx = createFakeWeChat(respondOk)
  expect(await ctx.wechat.exchangeLoginCode(loginCode)).toEqual({
    openId: loginResponse.openid,
    unionId: undefined,
    sessionKey: loginResponse.session_key,
  })
  expect(ctx.requests).toHaveLength(1)
  expect(Object.fromEntries(ctx.requests[0]?.query ?? [])).toEqual({
    appid: app.appId,
    secret: app.secret,
    js_code: loginCode,
    grant_type: 'authorization_code',
  })
})

test('the base URL may contain a path', async () => {
  await using ctx = createFakeWeChat(() => loginResponse, { baseUrl: 'http://proxy.test/wechat/' })
  await ctx.wechat.exchangeLoginCode(loginCode)
  expect(ctx.requests[0]?.path).toBe('/wechat/sns/jscode2session')
})

test('a phone code is exchanged, together with the openid, for a number in E.164', async () => {
  await using ctx = createFakeWeChat(respondOk)
  expect(await ctx.wechat.exchangePhoneCode({ phoneCode, openId: loginResponse.openid })).toEqual({
    phoneNumber: '+8613580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    consentedAt,
  })
  const [request] = ctx.requestsTo('getuserphonenumber')
  expect(request?.body).toEqual({ code: phoneCode, openid: loginResponse.openid })
  expect(request?.query.get('access_token')).toBe('99_token')
})

test('a phone code without openid is sent without openid', async () => {
  await using ctx = createFakeWeChat(respondOk)
  await ctx.wechat.exchangePhoneCode({ phoneCode })
  expect(ctx.requestsTo('getuserphonenumber')[0]?.body).toEqual({ code: phoneCode })
})

test('a phone number from Hong Kong keeps its country code', async () => {
  const phone_info = {
    ...phoneResponse.phone_info,
    phoneNumber: '+85251234567',
    purePhoneNumber: '51234567',
    countryCode: '852',
  }
  await using ctx = createFakeWeChat((request) =>
    request.path.endsWith('getuserphonenumber') ? { ...phoneResponse, phone_info } : respondOk(request),
  )
  expect(await ctx.wechat.exchangePhoneCode({ phoneCode })).toMatchObject({
    phoneNumber: '+85251234567',
    countryCode: '852',
  })
})

test('an errcode becomes WeChatApiError with rid, message and kind of the code', async () => {
  await using ctx = createFakeWeChat(() => ({
    errcode: 40163,
    errmsg: 'code been used, rid: 6166f719-6cb5d09c-633ab469',
  }))
  const error = await ctx.wechat.exchangeLoginCode(loginCode).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(WeChatApiError)
  expect(error).toMatchObject({
    code: 'WECHAT_REFUSED',
    endpoint: 'jscode2session',
    errcode: 40163,
    rid: '6166f719-6cb5d09c-633ab469',
    wechatMessage: 'code been used',
    sentCodeKind: 'login',
  })
  expect(ctx.requests).toHaveLength(1)
})

test('an errcode may be a numeric string', async () => {
  await using ctx = createFakeWeChat(() => ({ errcode: '40029', errmsg: 'invalid code' }))
  await expect(ctx.wechat.exchangeLoginCode(loginCode)).rejects.toMatchObject({ errcode: 40029 })
})

test('the error names the kind of a phone code sent as login code', async () => {
  await using ctx = createFakeWeChat(() => ({ errcode: 40029, errmsg: 'invalid code' }))
  await expect(ctx.wechat.exchangeLoginCode(phoneCode)).rejects.toMatchObject({ sentCodeKind: 'phone' })
})

test('a one-time code is sent once, whatever the response', async () => {
  const failures = [
    () => new Response('<html>502 Bad Gateway</html>', { status: 502 }),
    () => new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }),
    () => ({ errcode: -1, errmsg: 'system error' }),
    () => '<html>captive portal</html>',
    () => '{"openid":',
  ]
  for (const fail of failures) {
    await using ctx = createFakeWeChat((request) =>
      request.path.endsWith('stable_token') ? respondOk(request) : fail(),
    )
    await expect(ctx.wechat.exchangeLoginCode(loginCode)).rejects.toThrow(/jscode2session/)
    await expect(ctx.wechat.exchangePhoneCode({ phoneCode })).rejects.toThrow(/getuserphonenumber/)
    expect(ctx.requestsTo('jscode2session')).toHaveLength(1)
    expect(ctx.requestsTo('getuserphonenumber')).toHaveLength(1)
  }
})

test.each([
  ['ECONNREFUSED', false],
  ['ENOTFOUND', false],
  ['ECONNRESET', 'unknown'],
  ['CERT_HAS_EXPIRED', false],
  ['UND_ERR_SOCKET', 'unknown'],
] as const)(
  'after %s the error reports with `sent` whether the code may have arrived',
  async (code, sent) => {
    await using ctx = createFakeWeChat(
      () => new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }),
    )
    await expect(ctx.wechat.exchangeLoginCode(loginCode)).rejects.toMatchObject({
      code: 'WECHAT_UNREACHABLE',
      reason: 'network',
      sent,
    })
  },
)

test('a request without response ends at the deadline', async () => {
  await using ctx = createFakeWeChat(respondOk, {
    deadlineMs: 20,
    fetch: (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
  })
  const error = await ctx.wechat.exchangeLoginCode(loginCode).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(WeChatUnreachableError)
  expect(error).toMatchObject({ reason: 'timeout', sent: 'unknown' })
})

test.each([
  ['an empty object', {}],
  ['phone_info null', { errcode: 0, errmsg: 'ok', phone_info: null }],
  ['an empty number', { ...phoneResponse, phone_info: { ...phoneResponse.phone_info, purePhoneNumber: '' } }],
])('a successful phone response with %s becomes WeChatResponseError', async (_, reply) => {
  await using ctx = createFakeWeChat((request) =>
    request.path.endsWith('getuserphonenumber') ? reply : respondOk(request),
  )
  await expect(ctx.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
    code: 'WECHAT_UNREADABLE',
    reason: 'phone-missing',
  })
})

test.each([
  ['of another mini-program', { appid: 'wx0000000000000000', timestamp: 1477314187 }, 'watermark-appid'],
  ['eleven minutes old', { appid: app.appId, timestamp: 1477314187 - 11 * 60 }, 'watermark-age'],
  ['six minutes ahead', { appid: app.appId, timestamp: 1477314187 + 6 * 60 }, 'watermark-age'],
  ['beyond the range of Date', { appid: app.appId, timestamp: 8.64e15 }, 'watermark-age'],
])('a watermark %s is rejected', async (_, watermark, reason) => {
  const reply = { ...phoneResponse, phone_info: { ...phoneResponse.phone_info, watermark } }
  await using ctx = createFakeWeChat((request) =>
    request.path.endsWith('getuserphonenumber') ? reply : respondOk(request),
  )
  const error = await ctx.wechat.exchangePhoneCode({ phoneCode }).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(WeChatResponseError)
  expect(error).toMatchObject({ reason })
})
