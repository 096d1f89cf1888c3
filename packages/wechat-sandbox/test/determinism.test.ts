import { expect, test } from 'vitest'
import { frozenClock, startSandbox } from '../src/index.ts'
import { exchangeLoginCode, exchangePhoneCode, fetchStableToken } from './_requests.ts'

/** The ids and everything else that one fixed sequence of calls yields. */
async function record(seed: string, at = '2026-01-01T00:00:00Z') {
  await using sandbox = await startSandbox({ seed, clock: frozenClock(at) })
  const [alice, bob] = [sandbox.person('alice'), sandbox.person('bob')]
  const codes = [alice.tapsLogin(), bob.tapsLogin(), alice.allowsPhone(), alice.tapsLogin()]
  const responses = [
    (await exchangeLoginCode(sandbox, codes[0] ?? '')).text,
    (await exchangeLoginCode(sandbox, codes[0] ?? '')).text,
    (await fetchStableToken(sandbox)).text,
    (await exchangePhoneCode(sandbox, codes[0] ?? '')).text,
  ]
  const ids = [sandbox.app, alice.openId, alice.unionId, bob.openId]
  return { ids, rest: [codes, responses, alice.userData(), sandbox.calls] }
}

test('two sandboxes with the same seed and clock are equal to the byte', async () => {
  expect(await record('a')).toEqual(await record('a'))
})

test('another seed yields other ids', async () => {
  expect((await record('a')).ids).not.toEqual((await record('b')).ids)
})

test('at another time the ids are the same and the codes differ', async () => {
  const [early, late] = [await record('a'), await record('a', '2026-01-02T00:00:00Z')]
  expect(early.ids).toEqual(late.ids)
  expect(early.rest[0]).not.toEqual(late.rest[0])
})

test('a rid starts with the unix time', async () => {
  await using sandbox = await startSandbox({ clock: frozenClock('2025-12-23T02:28:08Z') })
  await exchangeLoginCode(sandbox, 'unknown')
  expect(sandbox.calls[0]?.rid).toMatch(/^6949fe38-[0-9a-f]{8}-[0-9a-f]{8}$/)
})

test('codes, ids and secrets have the formats of WeChat', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  expect(alice.tapsLogin()).toMatch(/^0[A-Za-z0-9]{31}$/)
  expect(alice.allowsPhone()).toMatch(/^[0-9a-f]{64}$/)
  expect(alice.openId).toMatch(/^o[\w-]{27}$/)
  expect(sandbox.app).toEqual({
    appId: expect.stringMatching(/^wx[0-9a-f]{16}$/),
    secret: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
})

test('a thousand codes of one moment are all different', async () => {
  await using sandbox = await startSandbox({ clock: frozenClock('2026-01-01T00:00:00Z') })
  const alice = sandbox.person('alice')
  const codes = Array.from({ length: 1_000 }, () => alice.tapsLogin())
  expect(new Set(codes).size).toBe(1_000)
})
