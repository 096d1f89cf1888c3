import { expect, test } from 'vitest'
import { sessionSignature } from '../src/index.ts'
import { createFakeWeChat, type FakeReply, loginResponse, respondOk } from './_fake-wechat.ts'

const session = { openId: loginResponse.openid, sessionKey: loginResponse.session_key }

function answering(path: string, reply: FakeReply) {
  return createFakeWeChat((seen) => (seen.path.endsWith(path) ? reply : respondOk(seen)))
}

test('a session key is checked with its signature of the empty text', async () => {
  await using it = answering('checksession', { errcode: 0, errmsg: 'ok' })
  expect(await it.wechat.checkSession(session)).toBe(true)
  expect(Object.fromEntries(it.requestsTo('checksession')[0]?.query ?? [])).toEqual({
    access_token: '99_token',
    openid: session.openId,
    signature: sessionSignature(session.sessionKey),
    sig_method: 'hmac_sha256',
  })
})

test.each([87009, 87007])('a key that WeChat calls stale with %i is no error', async (errcode) => {
  await using it = answering('checksession', { errcode, errmsg: 'invalid signature' })
  expect(await it.wechat.checkSession(session)).toBe(false)
})

test('an empty answer to a check proves nothing', async () => {
  await using it = answering('checksession', {})
  await expect(it.wechat.checkSession(session)).rejects.toMatchObject({ reason: 'shape' })
})

test('a check is asked again after an outage, a reset is not', async () => {
  await using it = answering('session', { errcode: -1, errmsg: 'system error' })
  await expect(it.wechat.checkSession(session)).rejects.toMatchObject({ errcode: -1 })
  expect(it.requestsTo('checksession').length).toBeGreaterThan(1)
  await using other = answering('resetusersessionkey', { errcode: -1, errmsg: 'system error' })
  await expect(other.wechat.resetSessionKey(session)).rejects.toMatchObject({ errcode: -1 })
  expect(other.requestsTo('resetusersessionkey')).toHaveLength(1)
})

test('a reset gives the next key', async () => {
  const next = { errcode: 0, errmsg: 'ok', openid: session.openId, session_key: 'o0q0otL8aEzpcZL/FT9WsQ==' }
  await using it = answering('resetusersessionkey', next)
  expect(await it.wechat.resetSessionKey(session)).toEqual({ ...session, sessionKey: next.session_key })
})

test("a reset that gives another user's key is refused", async () => {
  await using it = answering('resetusersessionkey', {
    openid: 'oAnother',
    session_key: 'o0q0otL8aEzpcZL/FT9WsQ==',
  })
  await expect(it.wechat.resetSessionKey(session)).rejects.toMatchObject({ reason: 'openid' })
})

test('a text gets its verdict', async () => {
  const result = { suggest: 'risky', label: 20001 }
  await using it = answering('msg_sec_check', {
    errcode: 0,
    errmsg: 'ok',
    result,
    trace_id: '60ae120f-371d5872',
  })
  const text = { openId: session.openId, text: 'hello', scene: 'profile', nickName: 'alice' } as const
  expect(await it.wechat.checkText(text)).toEqual({
    suggestion: 'risky',
    label: 20001,
    traceId: '60ae120f-371d5872',
  })
  expect(it.requestsTo('msg_sec_check')[0]?.body).toEqual({
    version: 2,
    openid: session.openId,
    scene: 1,
    content: 'hello',
    nickname: 'alice',
  })
})

test('a text of a user who left two hours ago is refused with the hint', async () => {
  await using it = answering('msg_sec_check', { errcode: 61010, errmsg: 'code is expired' })
  const text = { openId: session.openId, text: 'hello', scene: 'comment' } as const
  await expect(it.wechat.checkText(text)).rejects.toMatchObject({
    errcode: 61010,
    hint: expect.stringMatching(/user/),
  })
})
