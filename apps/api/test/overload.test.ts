import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failureOf, type RunningApi, startApi } from './_api.ts'
import { type DatabaseLocation, preferredDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { type RecordingProxy, startRecordingProxy } from './_recording-proxy.ts'

const LIMIT = 20
const LOGINS = 200

let wechat: Sandbox
let proxy: RecordingProxy
let location: DatabaseLocation
let api: RunningApi

beforeAll(async () => {
  wechat = await startSandbox()
  proxy = await startRecordingProxy(wechat)
  location = await preferredDatabase.create()
  api = await startApi({
    wechat,
    databaseUrl: location.url,
    env: {
      MAX_CALLS_IN_FLIGHT: String(LIMIT),
      WECHAT_BASE_URL: proxy.url,
    },
  })
})
afterAll(async () => {
  for (const opened of [api, location, proxy, wechat]) await opened[Symbol.asyncDispose]()
})

const statusOf = async (path: string) => (await fetch(`${api.url}${path}`)).status
const exchanges = () => proxy.countRequests('jscode2session')

test('while WeChat hangs, MAX_CALLS_IN_FLIGHT logins wait, the others get SERVICE_UNAVAILABLE, and health checks succeed', async () => {
  const held = proxy.hold('jscode2session')
  const alice = wechat.person('alice')
  const counts = new Map<string, number>()
  const burst = Array.from({ length: LOGINS }, async (_, n) => {
    const failure = await failureOf(device(api, `phone ${n}`).calls.login.mutate(codesOf(alice)))
    counts.set(failure, (counts.get(failure) ?? 0) + 1)
  })
  await expect.poll(() => counts.get('SERVICE_UNAVAILABLE')).toBe(LOGINS - LIMIT)
  expect(exchanges()).toBe(LIMIT)
  expect(await statusOf('/healthz')).toBe(200)
  expect(await statusOf('/readyz')).toBe(200)

  held.release()
  await Promise.all(burst)
  expect(Object.fromEntries(counts)).toEqual({ SERVICE_UNAVAILABLE: LOGINS - LIMIT, none: LIMIT })
  await device(api, 'phone').login(alice)
})

test('a call whose client has disconnected counts as in flight until it ends', async () => {
  const held = proxy.hold('jscode2session')
  const bob = wechat.person('bob')
  const before = exchanges()
  const disconnection = new AbortController()
  const abandoned = Array.from({ length: LIMIT }, async (_, n) => {
    const signal = AbortSignal.any([disconnection.signal])
    const login = device(api, `phone ${n}`).calls.login.mutate(codesOf(bob), { signal })
    await expect(login).rejects.toThrow('aborted')
  })
  await expect.poll(() => exchanges() - before).toBe(LIMIT)
  disconnection.abort()
  await Promise.all(abandoned)
  const login = device(api, 'phone').calls.login.mutate(codesOf(bob))
  expect(await failureOf(login)).toBe('SERVICE_UNAVAILABLE')
  held.release()
  await expect.poll(() => failureOf(device(api, 'phone').login(bob))).toBe('none')
})
