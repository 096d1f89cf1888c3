import { expect, test } from 'vitest'
import { sessionSignature } from '../src/index.ts'
import { createFakeWeChat, type FakeReply, loginResponse, respondOk } from './_fake-wechat.ts'

const session = { openId: loginResponse.openid, sessionKey: loginResponse.session_key }

/** Creates a client for which one endpoint has this reply and all others succeed. */
function createFakeWithReply(path: string, reply: FakeReply) {
  return createFakeWeChat((request) => (request.path.endsWith(path) ? reply : respondOk(request)))
}

test('checkSession sends the signature of the empty text', async () => {
  await using ctx = createFakeWithReply('checksession', { errcode: 0, errmsg: 'ok' })
  expect(await ctx.wechat.checkSession(session)).toBe(true)
  expect(Object.fromEntries(ctx.requestsTo('checksession')[0]?.query ?? [])).toEqual({
    access_token: '99_token',
    openid: session.openId,
    signature: sessionSignature(session.sessionKey),
    sig_method: 'hmac_sha256',
  })
})

test.each([87009, 87007])('checkSession returns false after %i', async (errcode) => {
  await using ctx = createFakeWithReply('checksession', { errcode, errmsg: 'invalid signature' })
  expect(await ctx.wechat.checkSession(session)).toBe(false)
})

test('checkSession rejects a response without errcode', async () => {
  await using ctx = createFakeWithReply('checksession', {})
  await expect(ctx.wechat.checkSession(session)).rejects.toMatchObject({ reason: 'shape' })
})

test('checkSession is retried after an outage, resetSessionKey is not', async () => {
  await using ctx = createFakeWithReply('session', { errcode: -1, errmsg: 'system error' })
  await expect(ctx.wechat.checkSession(session)).rejects.toMatchObject({ errcode: -1 })
  expect(ctx.requestsTo('checksession').length).toBeGreaterThan(1)
  await using other = createFakeWithReply('resetusersessionkey', { errcode: -1, errmsg: 'system error' })
  await expect(other.wechat.resetSessionKey(session)).rejects.toMatchObject({ errcode: -1 })
  expect(other.requestsTo('resetusersessionkey')).toHaveLength(1)
})

test('resetSessionKey returns the new session key', async () => {
  const next = { errcode: 0, errmsg: 'ok', openid: session.openId, session_key: 'o0q0otL8aEzpcZL/FT9WsQ==' }
  await using ctx = createFakeWithReply('resetusersessionkey', next)
  expect(await ctx.wechat.resetSessionKey(session)).toEqual({ ...session, sessionKey: next.session_key })
})

test("resetSessionKey rejects another user's session key", async () => {
  await using ctx = createFakeWithReply('resetusersessionkey', {
    openid: 'oAnother',
    session_key: 'o0q0otL8aEzpcZL/FT9WsQ==',
  })
  await expect(ctx.wechat.resetSessionKey(session)).rejects.toMatchObject({ reason: 'openid' })
})

test('checkText returns suggestion, label and trace id', async () => {
  const result = { suggest: 'risky', label: 20001 }
  await using ctx = createFakeWithReply('msg_sec_check', {
    errcode: 0,
    errmsg: 'ok',
    result,
    trace_id: '60ae120f-371d5872',
  })
  const text = { openId: session.openId, text: 'hello', scene: 'profile', nickName: 'alice' } as const
  expect(await ctx.wechat.checkText(text)).toEqual({
    suggestion: 'risky',
    label: 20001,
    traceId: '60ae120f-371d5872',
  })
  expect(ctx.requestsTo('msg_sec_check')[0]?.body).toEqual({
    version: 2,
    openid: session.openId,
    scene: 1,
    content: 'hello',
    nickname: 'alice',
  })
})

test('checkText for a user inactive for two hours throws 61010 with a hint', async () => {
  await using ctx = createFakeWithReply('msg_sec_check', { errcode: 61010, errmsg: 'code is expired' })
  const text = { openId: session.openId, text: 'hello', scene: 'comment' } as const
  await expect(ctx.wechat.checkText(text)).rejects.toMatchObject({
    errcode: 61010,
    hint: expect.stringMatching(/user/),
  })
})
