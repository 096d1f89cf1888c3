import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failureOf, type RunningApi, startApi } from './_api.ts'
import { type DatabasePlace, databases, type TestDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { startWitness, type Witness } from './_recording-proxy.ts'

const LIMIT = 20
const LOGINS = 200
const [anyDatabase] = [...databases].reverse() as [TestDatabase] // PGlite is always there

let wechat: Sandbox
let witness: Witness
let place: DatabasePlace
let api: RunningApi

beforeAll(async () => {
  wechat = await startSandbox()
  witness = await startWitness(wechat)
  place = await anyDatabase.make()
  api = await startApi({
    wechat,
    databaseUrl: place.url,
    environment: {
      MAX_CALLS_IN_FLIGHT: String(LIMIT),
      WECHAT_BASE_URL: witness.url,
      WECHAT_TIMEOUT_MS: '60000',
    },
  })
})
afterAll(async () => {
  for (const opened of [api, place, witness, wechat]) await opened[Symbol.asyncDispose]()
})

const statusOf = async (path: string) => (await fetch(`${api.url}${path}`)).status
const exchanges = () => witness.calls('jscode2session')

test('while WeChat hangs, so many logins wait for it and no more; health still answers; then all is well', async () => {
  const weChat = witness.hold('jscode2session')
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

  weChat.letGo()
  await Promise.all(burst)
  expect(Object.fromEntries(counts)).toEqual({ SERVICE_UNAVAILABLE: LOGINS - LIMIT, none: LIMIT })
  await device(api, 'phone').login(alice)
})

test('a caller who hangs up makes no room: the work goes on', async () => {
  const weChat = witness.hold('jscode2session')
  const bob = wechat.person('bob')
  const before = exchanges()
  const leaving = new AbortController()
  const abandoned = Array.from({ length: LIMIT }, async (_, n) => {
    const hungUp = AbortSignal.any([leaving.signal])
    const login = device(api, `phone ${n}`).calls.login.mutate(codesOf(bob), { signal: hungUp })
    await expect(login).rejects.toThrow('aborted')
  })
  await expect.poll(() => exchanges() - before).toBe(LIMIT)
  leaving.abort()
  await Promise.all(abandoned)
  const login = device(api, 'phone').calls.login.mutate(codesOf(bob))
  expect(await failureOf(login)).toBe('SERVICE_UNAVAILABLE')
  weChat.letGo()
  await expect.poll(() => failureOf(device(api, 'phone').login(bob))).toBe('none')
})
