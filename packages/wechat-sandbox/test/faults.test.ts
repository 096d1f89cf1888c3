import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { type FaultSeed, frozenClock, type Sandbox, startSandbox } from '../src/index.ts'
import { exchangeLoginCode, fetchJson, fetchStableToken, wechatUrl } from './_requests.ts'

/** Exchanges a login code under a fault. `outcome` is the response, or the error of fetch. */
async function exchangeUnderFault(sandbox: Sandbox, fault: FaultSeed, { abandons } = { abandons: false }) {
  const code = sandbox.person('alice').tapsLogin()
  sandbox.faults.add(fault)
  const { appId, secret } = sandbox.app
  const url = wechatUrl(sandbox, '/sns/jscode2session', { appid: appId, secret, js_code: code })
  const controller = new AbortController()
  const pending = fetch(url, { signal: controller.signal })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  if (abandons) {
    await vi.waitFor(() => expect(sandbox.faults.active).toEqual([]), { timeout: 60_000 })
    await sleep(100) // time in which a response would arrive if there was one
    controller.abort()
  }
  return { code, outcome: await pending }
}

async function isUsed(sandbox: Sandbox, code: string): Promise<boolean> {
  return (await exchangeLoginCode(sandbox, code)).body.errcode === 40163
}

test('the fault errcode responds with the text of WeChat and uses no code', async () => {
  await using sandbox = await startSandbox()
  const { code, outcome } = await exchangeUnderFault(sandbox, { kind: 'errcode', errcode: -1 })
  expect(outcome).toMatchObject({
    status: 200,
    text: expect.stringContaining('"errmsg":"system error, rid: '),
  })
  expect(await isUsed(sandbox, code)).toBe(false)
})

test.each([
  [{ kind: 'http', status: 502 } as const, 502],
  [{ kind: 'html' } as const, 200],
])('the fault %j responds with an HTML page and uses no code', async (fault, status) => {
  await using sandbox = await startSandbox()
  const { code, outcome } = await exchangeUnderFault(sandbox, fault)
  expect(outcome).toMatchObject({ status, text: expect.stringMatching(/^<html>/) })
  expect(await isUsed(sandbox, code)).toBe(false)
})

test('the fault reset closes the connection and uses no code', async () => {
  await using sandbox = await startSandbox()
  const { code, outcome } = await exchangeUnderFault(sandbox, { kind: 'reset' })
  expect(outcome).toBeInstanceOf(Error)
  expect(await isUsed(sandbox, code)).toBe(false)
})

test('the fault silence sends nothing, uses no code and does not keep the sandbox open', async () => {
  const sandbox = await startSandbox()
  const { code, outcome } = await exchangeUnderFault(sandbox, { kind: 'silence' }, { abandons: true })
  expect(outcome).toMatchObject({ name: 'AbortError' })
  expect(await isUsed(sandbox, code)).toBe(false)
  await sandbox[Symbol.asyncDispose]()
})

test.each([{ kind: 'lost' } as const, { kind: 'truncated' } as const])(
  'the fault $kind uses the code, but the caller gets no response',
  async (fault) => {
    await using sandbox = await startSandbox()
    const { code, outcome } = await exchangeUnderFault(sandbox, fault)
    expect(outcome).toBeInstanceOf(Error)
    expect(await isUsed(sandbox, code)).toBe(true)
    expect(sandbox.calls[0]).toMatchObject({ errcode: 0, fault: fault.kind })
  },
)

test('the fault slow uses the code even if the caller stops waiting', async () => {
  await using sandbox = await startSandbox()
  const fault = { kind: 'slow', ms: 60_000 } as const
  const { code, outcome } = await exchangeUnderFault(sandbox, fault, { abandons: true })
  expect(outcome).toMatchObject({ name: 'AbortError' })
  expect(await isUsed(sandbox, code)).toBe(true)
})

test('a fault hits as many calls to its endpoint as its times', async () => {
  await using sandbox = await startSandbox()
  sandbox.faults.add({ kind: 'errcode', errcode: 45011, endpoint: 'stable_token', times: 2 })
  await exchangeLoginCode(sandbox, 'unknown')
  const errcodes = []
  for (let count = 1; count <= 3; count++) errcodes.push((await fetchStableToken(sandbox)).body.errcode)
  expect(errcodes).toEqual([45011, 45011, undefined])
  expect(sandbox.faults.active).toEqual([])
})

test('a fault with a share hits about that share of the calls', async () => {
  await using sandbox = await startSandbox({ seed: 'share', clock: frozenClock('2026-01-01T00:00:00Z') })
  sandbox.faults.add({ kind: 'errcode', errcode: -1, share: 0.3 })
  for (let count = 1; count <= 200; count++) await fetchJson(wechatUrl(sandbox, '/cgi-bin/token'))
  const hits = sandbox.calls.filter(({ fault }) => fault === 'errcode').length
  expect(hits).toBeGreaterThan(40)
  expect(hits).toBeLessThan(80)
})

test('a removed fault no longer hits', async () => {
  await using sandbox = await startSandbox()
  const { id } = sandbox.faults.add({ kind: 'html', share: 1 })
  expect(sandbox.faults.remove(id)).toBe(true)
  expect(sandbox.faults.remove(id)).toBe(false)
  expect((await fetchStableToken(sandbox)).body.access_token).toBeDefined()
})
