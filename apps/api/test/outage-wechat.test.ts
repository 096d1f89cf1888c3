import type { FaultSeed, Sandbox } from '@kinpass/wechat-sandbox'
import { startSandbox } from '@kinpass/wechat-sandbox'
import { describe, expect, test } from 'vitest'
import { failureOf, startApi } from './_api.ts'
import { databases, type TestDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { startTcpProxy } from './_tcp-proxy.ts'

const FAILURES_TO_OPEN = 5
const OPEN_MS = 10_000

const [anyDatabase] = [...databases].reverse() as [TestDatabase] // PGlite is always there

/** An API whose WeChat answers within 300 ms or counts as gone, and the line to that WeChat. */
async function start() {
  const stack: AsyncDisposable[] = []
  const keep = <T extends AsyncDisposable>(opened: T): T => {
    stack.unshift(opened)
    return opened
  }
  const wechat = keep(await startSandbox())
  const line = keep(await startTcpProxy(wechat.url))
  const database = keep(await anyDatabase.create())
  const api = keep(
    await startApi({
      wechat,
      databaseUrl: database.url,
      env: { WECHAT_BASE_URL: `http://127.0.0.1:${line.port}`, WECHAT_TIMEOUT_MS: '300' },
    }),
  )
  return {
    api,
    wechat,
    line,
    async [Symbol.asyncDispose]() {
      for (const opened of stack) await opened[Symbol.asyncDispose]()
    },
  }
}

type World = Awaited<ReturnType<typeof start>>
const sentTo = (wechat: Sandbox, endpoint: string) =>
  wechat.calls.filter((call) => call.endpoint.endsWith(endpoint)).length

const faults: [string, FaultSeed][] = [
  ['answers 502', { kind: 'http', status: 502, times: 1_000 }],
  ['never answers', { kind: 'silence', times: 1_000 }],
  ['resets connections', { kind: 'reset', times: 1_000 }],
]
const ways: [string, (world: World) => unknown, (world: World) => unknown][] = [
  ...faults.map(([name, fault]): (typeof ways)[number] => [
    name,
    ({ wechat }) => wechat.faults.add(fault),
    ({ wechat }) => wechat.faults.clear(),
  ]),
  ['refuses connections', ({ line }) => line.disconnect(), ({ line }) => line.restore()],
]

describe.each(ways)('while WeChat %s', (_name, breakDown, recover) => {
  test('members with tokens notice nothing, logins fail at once, and it is back by itself', async () => {
    await using world = await start()
    const { api, wechat } = world
    const alice = device(api, 'phone of alice')
    const session = await alice.login(wechat.person('alice'))
    const bob = device(api, 'phone of bob')
    const bobTries = () => bob.calls.login.mutate(codesOf(wechat.person('bob')))

    await breakDown(world)
    for (let time = 0; time < FAILURES_TO_OPEN; time += 1)
      expect(await failureOf(bobTries())).toBe('WECHAT_UNAVAILABLE')

    expect(await alice.with(session.token).me.query()).toEqual(session.member)
    const renewed = await alice.calls.session.renew.mutate({ refreshToken: session.refreshToken })
    expect((await alice.with(renewed.token).session.list.query()).sessions).toHaveLength(1)

    // The circuit is open: nobody waits for WeChat, whose log stays as it is, and the code stays good.
    const sent = wechat.calls.length
    const tooEarly = codesOf(wechat.person('bob'))
    expect(await failureOf(bob.calls.login.mutate(tooEarly))).toBe('WECHAT_UNAVAILABLE')
    expect(wechat.calls).toHaveLength(sent)

    await recover(world)
    wechat.clock.advance(OPEN_MS)
    expect(await bob.calls.login.mutate(tooEarly)).toMatchObject({ isNew: true })
  })
})

test('a login whose codes never left can be repeated with the same codes', async () => {
  await using world = await start()
  const { api, wechat, line } = world
  const phone = device(api, 'phone')
  const codes = codesOf(wechat.person('alice'))
  await line.disconnect()
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
  await line.restore()
  await phone.calls.login.mutate(codes)
  expect(sentTo(wechat, 'jscode2session')).toBe(1)
})

test('a login code that WeChat may have seen is not sent again', async () => {
  await using world = await start()
  const { api, wechat } = world
  const phone = device(api, 'phone')
  const codes = codesOf(wechat.person('alice'))
  wechat.faults.add({ kind: 'silence', endpoint: 'jscode2session' })
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
  expect(sentTo(wechat, 'jscode2session')).toBe(1)
})

test('a phone code is not spent by a WeChat that hands out no access token', async () => {
  await using world = await start()
  const { api, wechat } = world
  const phone = device(api, 'phone')
  const codes = codesOf(wechat.person('alice'))
  wechat.faults.add({ kind: 'errcode', errcode: 40164, endpoint: 'stable_token' })
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('WECHAT_MISCONFIGURED')
  expect(await phone.calls.login.mutate(codes)).toMatchObject({ isNew: true })
})
