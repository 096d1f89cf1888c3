import { expect, test } from 'vitest'
import { frozenClock, startSandbox } from '../src/index.ts'
import { exchangeLoginCode, exchangePhoneCode, fetchStableToken } from './_ask.ts'

const one = { appId: 'wx1111111111111111', secret: '1'.repeat(32), platform: 'family' }
const two = { appId: 'wx2222222222222222', secret: '2'.repeat(32), platform: 'family' }
const lone = { appId: 'wx3333333333333333', secret: '3'.repeat(32), platform: null }

test('a person has one openid per app and one unionid per platform account', async () => {
  await using sandbox = await startSandbox({ apps: [one, two, lone] })
  const alice = sandbox.person('alice')
  expect(alice.openIdIn(one.appId)).toBe(alice.openId)
  expect(new Set([one, two, lone].map(({ appId }) => alice.openIdIn(appId))).size).toBe(3)
  expect(alice.unionIdIn(two.appId)).toBe(alice.unionId)
  expect(alice.unionIdIn(lone.appId)).toBeUndefined()
  const code = alice.tapsLogin({ appId: lone.appId })
  const answer = await exchangeLoginCode(sandbox, code, { appid: lone.appId, secret: lone.secret })
  expect(answer.body).toEqual({ session_key: expect.any(String), openid: alice.openIdIn(lone.appId) })
})

test('a code of one app is invalid in another', async () => {
  await using sandbox = await startSandbox({ apps: [one, two] })
  const alice = sandbox.person('alice')
  const code = alice.tapsLogin({ appId: two.appId })
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 40029 })
  const phoneCode = alice.allowsPhone(undefined, { appId: two.appId })
  expect((await exchangePhoneCode(sandbox, phoneCode)).body).toMatchObject({ errcode: 40029 })
})

test('a frozen secret is 40243 until it is unfrozen', async () => {
  await using sandbox = await startSandbox()
  const owner = sandbox.console()
  owner.freezeSecret()
  expect((await fetchStableToken(sandbox)).body).toMatchObject({ errcode: 40243 })
  const code = sandbox.person('alice').tapsLogin()
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 40243 })
  owner.unfreezeSecret()
  expect((await exchangeLoginCode(sandbox, code)).body.errcode).toBeUndefined()
})

test('an address that is not on the list is 40164, and is named', async () => {
  await using sandbox = await startSandbox()
  const owner = sandbox.console()
  owner.setIpWhitelist(['203.0.113.0/24'])
  expect((await fetchStableToken(sandbox)).body).toEqual({
    errcode: 40164,
    errmsg: expect.stringMatching(
      /^invalid ip 127\.0\.0\.1 ipv6 ::ffff:127\.0\.0\.1, not in whitelist rid: /,
    ),
  })
  owner.setIpWhitelist(['127.0.0.1'])
  expect((await fetchStableToken(sandbox)).body.access_token).toBeDefined()
})

test('a person logs in a hundred times a minute', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const [alice, bob] = [sandbox.person('alice'), sandbox.person('bob')]
  for (let time = 1; time <= 100; time++) await exchangeLoginCode(sandbox, alice.tapsLogin())
  const code = alice.tapsLogin()
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 45011 })
  expect((await exchangeLoginCode(sandbox, bob.tapsLogin())).body.errcode).toBeUndefined()
  clock.advance(60_000)
  expect((await exchangeLoginCode(sandbox, code)).body.errcode, 'the code was not spent').toBeUndefined()
})

test('what is left of a quota can be set', async () => {
  await using sandbox = await startSandbox({ clock: frozenClock('2026-01-01T00:00:00Z') })
  const owner = sandbox.console()
  owner.setQuotaLeft('stable-token/day', 1)
  expect((await fetchStableToken(sandbox)).body.access_token).toBeDefined()
  expect(owner.quotaLeft('stable-token/day')).toBe(0)
  expect((await fetchStableToken(sandbox)).body).toMatchObject({ errcode: 45009 })
})

test('each tap that yields a code is charged, exchanged or not; a thousand are free', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  for (let time = 1; time <= 1_002; time++) alice.allowsPhone()
  expect(sandbox.console().charges).toEqual({ phoneTaps: 1_002, freeTapsLeft: 0, billedTaps: 2, cny: 0.06 })
})

test('when the paid taps are used up, a tap yields errno 1400001', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  sandbox.console().setPhoneTapsLeft(1)
  expect(alice.tapsPhoneButton().errMsg).toBe('getPhoneNumber:ok')
  expect(alice.tapsPhoneButton()).toMatchObject({ errno: 1_400_001 })
})

test('a reset goes back to the start and leaves the handles valid', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  const owner = sandbox.console()
  const code = alice.tapsLogin()
  alice.block()
  owner.freezeSecret()
  sandbox.addPerson({ name: 'dave' })
  sandbox.faults.add({ kind: 'silence' })
  sandbox.reset()
  expect(sandbox.calls).toEqual([])
  expect(sandbox.faults.active).toEqual([])
  expect(() => sandbox.person('dave')).toThrow('nobody is called dave')
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 40029 })
  expect((await exchangeLoginCode(sandbox, alice.tapsLogin())).body.openid).toBe(alice.openId)
})

test.each([
  [{ apps: [] }, 'at least one app'],
  [{ apps: [one, one] }, 'two apps have the same appId'],
  [{ people: [{ name: 'alice' }, { name: 'alice' }] }, 'already a person called alice'],
  [{ people: [{ name: 'alice', phones: ['x'] }] }, '+8613800008915'],
  [{ people: [{ name: '' }] }, 'a person cannot be read at name'],
  [{ apps: [{ ipWhitelist: ['here'] }] }, 'here is no address'],
])('a bad seed is refused with a sentence', async (options, sentence) => {
  await expect(startSandbox(options)).rejects.toThrow(sentence)
})
