import { expect, test } from 'vitest'
import { type FaultSeed, type Sandbox, startSandbox } from '../src/index.ts'
import { exchangeLoginCode, fetchJson, fetchStableToken, wechatUrl } from './_ask.ts'

async function struck(fault: FaultSeed, options: { timeoutMs?: number } = {}) {
  const sandbox = await startSandbox()
  const code = sandbox.person('alice').tapsLogin()
  sandbox.faults.add(fault)
  const { appId, secret } = sandbox.app
  const url = wechatUrl(sandbox, '/sns/jscode2session', { appid: appId, secret, js_code: code })
  const signal = options.timeoutMs === undefined ? null : AbortSignal.timeout(options.timeoutMs)
  const answer = fetch(url, { signal }).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }))
  const outcome = await answer.catch((error: unknown) => (error instanceof Error ? error : new Error()))
  return { sandbox, code, outcome }
}

async function isSpent(sandbox: Sandbox, code: string): Promise<boolean> {
  return (await exchangeLoginCode(sandbox, code)).body.errcode === 40163
}

test('an errcode comes in the words of WeChat, and spends nothing', async () => {
  const { sandbox, code, outcome } = await struck({ kind: 'errcode', errcode: -1 })
  expect(outcome).toMatchObject({
    status: 200,
    text: expect.stringContaining('"errmsg":"system error, rid: '),
  })
  expect(await isSpent(sandbox, code)).toBe(false)
  await sandbox[Symbol.asyncDispose]()
})

test.each([
  [{ kind: 'http', status: 502 } as const, 502],
  [{ kind: 'html' } as const, 200],
])('a page of the gateway comes instead of an answer, and spends nothing', async (fault, status) => {
  const { sandbox, code, outcome } = await struck(fault)
  expect(outcome).toMatchObject({ status, text: expect.stringMatching(/^<html>/) })
  expect(await isSpent(sandbox, code)).toBe(false)
  await sandbox[Symbol.asyncDispose]()
})

test('a reset connection spends nothing', async () => {
  const { sandbox, code, outcome } = await struck({ kind: 'reset' })
  expect(outcome).toBeInstanceOf(Error)
  expect(await isSpent(sandbox, code)).toBe(false)
  await sandbox[Symbol.asyncDispose]()
})

test('no answer at all spends nothing, and the sandbox still ends', async () => {
  const { sandbox, code, outcome } = await struck({ kind: 'silence' }, { timeoutMs: 100 })
  expect(outcome).toMatchObject({ name: 'TimeoutError' })
  expect(await isSpent(sandbox, code)).toBe(false)
  await sandbox[Symbol.asyncDispose]()
})

test.each([{ kind: 'lost' } as const, { kind: 'truncated' } as const])(
  'with $kind the caller learns nothing, and the code is spent',
  async (fault) => {
    const { sandbox, code, outcome } = await struck(fault)
    expect(outcome).toBeInstanceOf(Error)
    expect(await isSpent(sandbox, code)).toBe(true)
    expect(sandbox.calls[0]).toMatchObject({ errcode: 0, fault: fault.kind })
    await sandbox[Symbol.asyncDispose]()
  },
)

test('a slow answer comes late, and the code is spent even when nobody waits for it', async () => {
  const { sandbox, code, outcome } = await struck({ kind: 'slow', ms: 60_000 }, { timeoutMs: 100 })
  expect(outcome).toMatchObject({ name: 'TimeoutError' })
  expect(await isSpent(sandbox, code)).toBe(true)
  await sandbox[Symbol.asyncDispose]()
})

test('a fault hits the next calls to its endpoint, as often as it says', async () => {
  await using sandbox = await startSandbox()
  sandbox.faults.add({ kind: 'errcode', errcode: 45011, endpoint: 'stable_token', times: 2 })
  await exchangeLoginCode(sandbox, 'nobody')
  const errcodes = []
  for (let time = 1; time <= 3; time++) errcodes.push((await fetchStableToken(sandbox)).body.errcode)
  expect(errcodes).toEqual([45011, 45011, undefined])
  expect(sandbox.faults.active).toEqual([])
})

test('a fault hits a share of the calls, chosen by the seed', async () => {
  await using sandbox = await startSandbox({ seed: 'share' })
  sandbox.faults.add({ kind: 'errcode', errcode: -1, share: 0.3 })
  for (let time = 1; time <= 200; time++) await fetchJson(wechatUrl(sandbox, '/cgi-bin/token'))
  const hit = sandbox.calls.filter(({ fault }) => fault === 'errcode').length
  expect(hit).toBeGreaterThan(40)
  expect(hit).toBeLessThan(80)
})

test('a fault can be taken back', async () => {
  await using sandbox = await startSandbox()
  const { id } = sandbox.faults.add({ kind: 'html', share: 1 })
  expect(sandbox.faults.remove(id)).toBe(true)
  expect(sandbox.faults.remove(id)).toBe(false)
  expect((await fetchStableToken(sandbox)).body.access_token).toBeDefined()
})
