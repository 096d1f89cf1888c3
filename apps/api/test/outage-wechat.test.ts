import type { FaultSeed, Sandbox } from '@kinpass/wechat-sandbox'
import { startSandbox } from '@kinpass/wechat-sandbox'
import { describe, expect, test } from 'vitest'
import { failureOf, startApi } from './_api.ts'
import { preferredDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { startTcpProxy } from './_tcp-proxy.ts'

const FAILURES_TO_OPEN = 5
const OPEN_MS = 10_000

/** Long enough for a response of the sandbox on a loaded machine. */
const TIMEOUT_MS = 1_500

/** Starts an API with a TCP proxy to its WeChat, which counts as unreachable after TIMEOUT_MS. */
async function start() {
  const resources: AsyncDisposable[] = []
  const add = <T extends AsyncDisposable>(opened: T): T => {
    resources.unshift(opened)
    return opened
  }
  const wechat = add(await startSandbox())
  const proxy = add(await startTcpProxy(wechat.url))
  const database = add(await preferredDatabase.create())
  const api = add(
    await startApi({
      wechat,
      databaseUrl: database.url,
      env: { WECHAT_BASE_URL: `http://127.0.0.1:${proxy.port}`, WECHAT_TIMEOUT_MS: String(TIMEOUT_MS) },
    }),
  )
  return {
    api,
    wechat,
    proxy,
    async [Symbol.asyncDispose]() {
      for (const resource of resources) await resource[Symbol.asyncDispose]()
    },
  }
}

type Setup = Awaited<ReturnType<typeof start>>
const sentTo = (wechat: Sandbox, endpoint: string) =>
  wechat.calls.filter((call) => call.endpoint.endsWith(endpoint)).length

const faults: [string, FaultSeed][] = [
  ['responds with 502', { kind: 'http', status: 502, times: 1_000 }],
  ['does not respond', { kind: 'silence', times: 1_000 }],
  ['resets connections', { kind: 'reset', times: 1_000 }],
]
const outages: [string, (setup: Setup) => unknown, (setup: Setup) => unknown][] = [
  ...faults.map(([name, fault]): (typeof outages)[number] => [
    name,
    ({ wechat }) => wechat.faults.add(fault),
    ({ wechat }) => wechat.faults.clear(),
  ]),
  ['refuses connections', ({ proxy }) => proxy.disconnect(), ({ proxy }) => proxy.restore()],
]

describe.each(outages)('while WeChat %s', (_name, startOutage, endOutage) => {
  test('sessions keep working and logins fail with WECHAT_UNAVAILABLE until WeChat is back', async () => {
    await using setup = await start()
    const { api, wechat } = setup
    const alice = device(api, 'phone of alice')
    const session = await alice.login(wechat.person('alice'))
    const bob = device(api, 'phone of bob')
    const logBobIn = () => bob.calls.login.mutate(codesOf(wechat.person('bob')))

    await startOutage(setup)
    for (let attempt = 0; attempt < FAILURES_TO_OPEN; attempt += 1)
      expect(await failureOf(logBobIn())).toBe('WECHAT_UNAVAILABLE')

    expect(await alice.with(session.token).me.query()).toEqual(session.member)
    const renewed = await alice.calls.session.renew.mutate({ refreshToken: session.refreshToken })
    expect((await alice.with(renewed.token).session.list.query()).sessions).toHaveLength(1)

    // The circuit breaker is open: no request is sent, and the code stays valid.
    const sent = wechat.calls.length
    const unsent = codesOf(wechat.person('bob'))
    expect(await failureOf(bob.calls.login.mutate(unsent))).toBe('WECHAT_UNAVAILABLE')
    expect(wechat.calls).toHaveLength(sent)

    await endOutage(setup)
    wechat.clock.advance(OPEN_MS)
    expect(await bob.calls.login.mutate(unsent)).toMatchObject({ isNew: true })
  })
})

test('a login whose codes were not sent can be repeated with the same codes', async () => {
  await using setup = await start()
  const { api, wechat, proxy } = setup
  const phone = device(api, 'phone')
  const codes = codesOf(wechat.person('alice'))
  await proxy.disconnect()
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
  await proxy.restore()
  await phone.calls.login.mutate(codes)
  expect(sentTo(wechat, 'jscode2session')).toBe(1)
})

test('a login code that WeChat may have received is not sent again', async () => {
  await using setup = await start()
  const { api, wechat } = setup
  const phone = device(api, 'phone')
  const codes = codesOf(wechat.person('alice'))
  wechat.faults.add({ kind: 'silence', endpoint: 'jscode2session' })
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
  expect(sentTo(wechat, 'jscode2session')).toBe(1)
})

test('a phone code stays valid while WeChat issues no access token', async () => {
  await using setup = await start()
  const { api, wechat } = setup
  const phone = device(api, 'phone')
  const codes = codesOf(wechat.person('alice'))
  wechat.faults.add({ kind: 'errcode', errcode: 40164, endpoint: 'stable_token' })
  expect(await failureOf(phone.calls.login.mutate(codes))).toBe('WECHAT_MISCONFIGURED')
  expect(await phone.calls.login.mutate(codes)).toMatchObject({ isNew: true })
})
