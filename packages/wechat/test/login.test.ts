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

test('a login code becomes openid and session key', async () => {
  await using it = createFakeWeChat(respondOk)
  expect(await it.wechat.exchangeLoginCode(loginCode)).toEqual({
    openId: loginResponse.openid,
    unionId: undefined,
    sessionKey: loginResponse.session_key,
  })
  expect(it.requests).toHaveLength(1)
  expect(Object.fromEntries(it.requests[0]?.query ?? [])).toEqual({
    appid: app.appId,
    secret: app.secret,
    js_code: loginCode,
    grant_type: 'authorization_code',
  })
})

test('WeChat may stand behind a path of a proxy', async () => {
  await using it = createFakeWeChat(() => loginResponse, { baseUrl: 'http://proxy.test/wechat/' })
  await it.wechat.exchangeLoginCode(loginCode)
  expect(it.requests[0]?.path).toBe('/wechat/sns/jscode2session')
})

test('a phone code becomes a number in E.164, asked for with the openid', async () => {
  await using it = createFakeWeChat(respondOk)
  expect(await it.wechat.exchangePhoneCode({ phoneCode, openId: loginResponse.openid })).toEqual({
    phoneNumber: '+8613580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    consentedAt,
  })
  const [asked] = it.requestsTo('getuserphonenumber')
  expect(asked?.body).toEqual({ code: phoneCode, openid: loginResponse.openid })
  expect(asked?.query.get('access_token')).toBe('99_token')
})

test('the openid stays out of the request where the caller gives none', async () => {
  await using it = createFakeWeChat(respondOk)
  await it.wechat.exchangePhoneCode({ phoneCode })
  expect(it.requestsTo('getuserphonenumber')[0]?.body).toEqual({ code: phoneCode })
})

test('a foreign number keeps its country', async () => {
  const phone_info = {
    ...phoneResponse.phone_info,
    phoneNumber: '+85251234567',
    purePhoneNumber: '51234567',
    countryCode: '852',
  }
  await using it = createFakeWeChat((seen) =>
    seen.path.endsWith('getuserphonenumber') ? { ...phoneResponse, phone_info } : respondOk(seen),
  )
  expect(await it.wechat.exchangePhoneCode({ phoneCode })).toMatchObject({
    phoneNumber: '+85251234567',
    countryCode: '852',
  })
})

test('an errcode becomes WeChatRefused with its meaning, its hint and the rid', async () => {
  await using it = createFakeWeChat(() => ({
    errcode: 40163,
    errmsg: 'code been used, rid: 6166f719-6cb5d09c-633ab469',
  }))
  const error = await it.wechat.exchangeLoginCode(loginCode).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(WeChatApiError)
  expect(error).toMatchObject({
    code: 'WECHAT_REFUSED',
    endpoint: 'jscode2session',
    errcode: 40163,
    rid: '6166f719-6cb5d09c-633ab469',
    wechatMessage: 'code been used',
    sentCodeKind: 'login',
  })
  expect(it.requests).toHaveLength(1)
})

test('an errcode as a string is the same errcode', async () => {
  await using it = createFakeWeChat(() => ({ errcode: '40029', errmsg: 'invalid code' }))
  await expect(it.wechat.exchangeLoginCode(loginCode)).rejects.toMatchObject({ errcode: 40029 })
})

test('a phone code sent for a login is named in the refusal', async () => {
  await using it = createFakeWeChat(() => ({ errcode: 40029, errmsg: 'invalid code' }))
  await expect(it.wechat.exchangeLoginCode(phoneCode)).rejects.toMatchObject({ sentCodeKind: 'phone' })
})

test('a one-time code is sent once, whatever comes back', async () => {
  const outages = [
    () => new Response('<html>502 Bad Gateway</html>', { status: 502 }),
    () => new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }),
    () => ({ errcode: -1, errmsg: 'system error' }),
    () => '<html>log in to this hotel</html>',
    () => '{"openid":',
  ]
  for (const outage of outages) {
    await using it = createFakeWeChat((seen) =>
      seen.path.endsWith('stable_token') ? respondOk(seen) : outage(),
    )
    await expect(it.wechat.exchangeLoginCode(loginCode)).rejects.toThrow(/jscode2session/)
    await expect(it.wechat.exchangePhoneCode({ phoneCode })).rejects.toThrow(/getuserphonenumber/)
    expect(it.requestsTo('jscode2session')).toHaveLength(1)
    expect(it.requestsTo('getuserphonenumber')).toHaveLength(1)
  }
})

test.each([
  ['ECONNREFUSED', false],
  ['ENOTFOUND', false],
  ['ECONNRESET', 'unknown'],
  ['CERT_HAS_EXPIRED', false],
  ['UND_ERR_SOCKET', 'unknown'],
] as const)('after %s the caller learns whether the code can have arrived', async (code, sent) => {
  await using it = createFakeWeChat(
    () => new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }),
  )
  await expect(it.wechat.exchangeLoginCode(loginCode)).rejects.toMatchObject({
    code: 'WECHAT_UNREACHABLE',
    reason: 'network',
    sent,
  })
})

test('a WeChat that never answers ends at the deadline', async () => {
  await using it = createFakeWeChat(() => respondOk, {
    deadlineMs: 20,
    fetch: (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
  })
  const error = await it.wechat.exchangeLoginCode(loginCode).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(WeChatUnreachableError)
  expect(error).toMatchObject({ reason: 'timeout', sent: 'unknown' })
})

test.each([
  ['nothing', {}],
  ['a null', { errcode: 0, errmsg: 'ok', phone_info: null }],
  ['no number in it', { ...phoneResponse, phone_info: { ...phoneResponse.phone_info, purePhoneNumber: '' } }],
])('an ok with %s for a phone is unreadable', async (_, answer) => {
  await using it = createFakeWeChat((seen) =>
    seen.path.endsWith('getuserphonenumber') ? answer : respondOk(seen),
  )
  await expect(it.wechat.exchangePhoneCode({ phoneCode })).rejects.toMatchObject({
    code: 'WECHAT_UNREADABLE',
    reason: 'phone-missing',
  })
})

test.each([
  ['of another mini-program', { appid: 'wx0000000000000000', timestamp: 1477314187 }, 'watermark-appid'],
  ['eleven minutes old', { appid: app.appId, timestamp: 1477314187 - 11 * 60 }, 'watermark-age'],
  ['six minutes ahead', { appid: app.appId, timestamp: 1477314187 + 6 * 60 }, 'watermark-age'],
  ['beyond all dates', { appid: app.appId, timestamp: 8.64e15 }, 'watermark-age'],
])('a watermark %s is refused', async (_, watermark, reason) => {
  const answer = { ...phoneResponse, phone_info: { ...phoneResponse.phone_info, watermark } }
  await using it = createFakeWeChat((seen) =>
    seen.path.endsWith('getuserphonenumber') ? answer : respondOk(seen),
  )
  const error = await it.wechat.exchangePhoneCode({ phoneCode }).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(WeChatResponseError)
  expect(error).toMatchObject({ reason })
})
