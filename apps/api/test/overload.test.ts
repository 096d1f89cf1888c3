import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failureOf, type RunningApi, startApi } from './_api.ts'
import { type DatabasePlace, databases, type TestDatabase } from './_databases.ts'
import { codesOf, device } from './_device.ts'

const LIMIT = 20
const [anyDatabase] = [...databases].reverse() as [TestDatabase] // PGlite is always there

let wechat: Sandbox
let place: DatabasePlace

beforeAll(async () => {
  wechat = await startSandbox()
  place = await anyDatabase.make()
})
afterAll(async () => {
  await place[Symbol.asyncDispose]()
  await wechat[Symbol.asyncDispose]()
})

const startSmall = (timeoutMs: number) =>
  startApi({
    wechat,
    databaseUrl: place.url,
    environment: { MAX_CALLS_IN_FLIGHT: String(LIMIT), WECHAT_TIMEOUT_MS: String(timeoutMs) },
  })

async function failures(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const failure of await Promise.all(calls.map(failureOf))) counts[failure] = (counts[failure] ?? 0) + 1
  return counts
}

const statusOf = async (api: RunningApi, path: string) => (await fetch(`${api.url}${path}`)).status

test('while WeChat hangs, so many logins wait for it and no more; health still answers; then all is well', async () => {
  await using api = await startSmall(1_500)
  const alice = wechat.person('alice')
  const before = wechat.calls.length
  wechat.faults.add({ kind: 'silence', endpoint: 'jscode2session', times: 1_000 })
  const burst = failures(
    Array.from({ length: 200 }, (_, n) => device(api, `phone ${n}`).calls.login.mutate(codesOf(alice))),
  )
  await expect.poll(() => wechat.calls.length - before).toBe(LIMIT)
  expect(await statusOf(api, '/healthz')).toBe(200)
  expect(await statusOf(api, '/readyz')).toBe(200)

  expect(await burst).toEqual({ SERVICE_UNAVAILABLE: 200 - LIMIT, WECHAT_UNAVAILABLE: LIMIT })
  expect(wechat.calls.length - before).toBe(LIMIT)

  wechat.faults.clear()
  wechat.clock.advance(10_000) // the circuit
  await device(api, 'phone').login(alice)
})

test('a caller who hangs up makes no room: the work goes on', async () => {
  await using api = await startSmall(1_000)
  const bob = wechat.person('bob')
  const before = wechat.calls.length
  wechat.faults.add({ kind: 'silence', endpoint: 'jscode2session', times: 1_000 })
  const leaving = new AbortController()
  const { signal } = leaving
  const abandoned = Array.from({ length: LIMIT }, (_, n) =>
    device(api, `phone ${n}`).calls.login.mutate(codesOf(bob), { signal }),
  )
  const ended = Promise.allSettled(abandoned)
  await expect.poll(() => wechat.calls.length - before).toBe(LIMIT)
  leaving.abort()
  await ended
  expect(await failureOf(device(api, 'phone').calls.login.mutate(codesOf(bob)))).toBe('SERVICE_UNAVAILABLE')
  wechat.faults.clear()
})
