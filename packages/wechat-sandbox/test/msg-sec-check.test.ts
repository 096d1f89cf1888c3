import { expect, test } from 'vitest'
import { frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import { fetchAccessToken, postJson, wechatUrl } from './_requests.ts'

async function check(sandbox: Sandbox, overrides: Record<string, unknown> = {}) {
  const url = wechatUrl(sandbox, '/wxa/msg_sec_check', { access_token: await fetchAccessToken(sandbox) })
  const openid = sandbox.person('alice').openId
  return (await postJson(url, { version: 2, scene: 1, openid, content: '好柿开花', ...overrides })).body
}

/** Two apps; alice has just visited the first. */
async function startVisited() {
  const sandbox = await startSandbox({
    apps: [{}, { appId: 'wx2222222222222222' }],
    clock: frozenClock('2026-01-01T00:00:00Z'),
  })
  sandbox.person('alice').visits()
  return sandbox
}

test('a text without flagged words passes msg_sec_check', async () => {
  await using sandbox = await startVisited()
  expect(await check(sandbox)).toMatchObject({ errcode: 0, result: { suggest: 'pass', label: 100 } })
})

test.each(['content', 'nickname', 'title', 'signature'])(
  'msg_sec_check finds a flagged word in the field %s',
  async (field) => {
    await using sandbox = await startVisited()
    expect(await check(sandbox, { [field]: '来赌博吧' })).toMatchObject({
      errcode: 0,
      result: { suggest: 'risky', label: 20006 },
      trace_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
    })
  },
)

test('a person whose last visit was over two hours ago is refused with 61010', async () => {
  await using sandbox = await startVisited()
  sandbox.clock.advance(2 * 3_600_000)
  expect(await check(sandbox)).toMatchObject({ errcode: 0 })
  sandbox.clock.advance(1)
  expect(await check(sandbox)).toMatchObject({ errcode: 61010 })
})

test.each([
  [{ content: '' }, 44002],
  [{ content: '柿'.repeat(2_501) }, 45002],
  [{ content: '柿'.repeat(2_500) }, 0],
  [{ scene: 5 }, 40129],
  [{ scene: '1' }, 40129],
  [{ version: 3 }, 47001],
  [{ openid: 'unknown' }, 40003],
  [{ openid: undefined }, 40003],
])('msg_sec_check with %j has the errcode %d', async (overrides, errcode) => {
  await using sandbox = await startVisited()
  expect(await check(sandbox, overrides)).toMatchObject({ errcode })
})

test('an openid of another app is refused with 43104', async () => {
  await using sandbox = await startVisited()
  const alice = sandbox.person('alice')
  alice.visits({ appId: 'wx2222222222222222' })
  expect(await check(sandbox, { openid: alice.openIdIn('wx2222222222222222') })).toMatchObject({
    errcode: 43104,
  })
})

test('version 1 of msg_sec_check returns only 0 or 87014', async () => {
  await using sandbox = await startVisited()
  const url = wechatUrl(sandbox, '/wxa/msg_sec_check', { access_token: await fetchAccessToken(sandbox) })
  expect((await postJson(url, { content: '好柿开花' })).body).toEqual({ errcode: 0, errmsg: 'ok' })
  expect((await postJson(url, { content: '来赌博吧' })).body).toMatchObject({ errcode: 87014 })
})
