import { expect, test } from 'vitest'
import { frozenClock, startSandbox } from '../src/index.ts'
import { exchangeLoginCode, exchangePhoneCode, fetchStableToken } from './_requests.ts'

const app = { appId: 'wx1111111111111111', secret: '1'.repeat(32), platform: 'family' }
const sibling = { appId: 'wx2222222222222222', secret: '2'.repeat(32), platform: 'family' }
const unbound = { appId: 'wx3333333333333333', secret: '3'.repeat(32), platform: null }

test('a person has one openid per app and one unionid per Open Platform account', async () => {
  await using sandbox = await startSandbox({ apps: [app, sibling, unbound] })
  const alice = sandbox.person('alice')
  expect(alice.openIdIn(app.appId)).toBe(alice.openId)
  expect(new Set([app, sibling, unbound].map(({ appId }) => alice.openIdIn(appId))).size).toBe(3)
  expect(alice.unionIdIn(sibling.appId)).toBe(alice.unionId)
  expect(alice.unionIdIn(unbound.appId)).toBeUndefined()
  const code = alice.tapsLogin({ appId: unbound.appId })
  const response = await exchangeLoginCode(sandbox, code, { appid: unbound.appId, secret: unbound.secret })
  expect(response.body).toEqual({ session_key: expect.any(String), openid: alice.openIdIn(unbound.appId) })
})

test('a code of one app is invalid in another app', async () => {
  await using sandbox = await startSandbox({ apps: [app, sibling] })
  const alice = sandbox.person('alice')
  const code = alice.tapsLogin({ appId: sibling.appId })
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 40029 })
  const phoneCode = alice.allowsPhone(undefined, { appId: sibling.appId })
  expect((await exchangePhoneCode(sandbox, phoneCode)).body).toMatchObject({ errcode: 40029 })
})

test('a frozen secret is refused with 40243 until it is unfrozen', async () => {
  await using sandbox = await startSandbox()
  const appConsole = sandbox.console()
  appConsole.freezeSecret()
  expect((await fetchStableToken(sandbox)).body).toMatchObject({ errcode: 40243 })
  const code = sandbox.person('alice').tapsLogin()
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 40243 })
  appConsole.unfreezeSecret()
  expect((await exchangeLoginCode(sandbox, code)).body.errcode).toBeUndefined()
})

test('an address outside the IP list is refused with 40164, which names the address', async () => {
  await using sandbox = await startSandbox()
  const appConsole = sandbox.console()
  appConsole.setIpWhitelist(['203.0.113.0/24'])
  expect((await fetchStableToken(sandbox)).body).toEqual({
    errcode: 40164,
    errmsg: expect.stringMatching(
      /^invalid ip 127\.0\.0\.1 ipv6 ::ffff:127\.0\.0\.1, not in whitelist rid: /,
    ),
  })
  appConsole.setIpWhitelist(['127.0.0.1'])
  expect((await fetchStableToken(sandbox)).body.access_token).toBeDefined()
})

test('a person can log in at most a hundred times a minute', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const [alice, bob] = [sandbox.person('alice'), sandbox.person('bob')]
  for (let count = 1; count <= 100; count++) await exchangeLoginCode(sandbox, alice.tapsLogin())
  const code = alice.tapsLogin()
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 45011 })
  expect((await exchangeLoginCode(sandbox, bob.tapsLogin())).body.errcode).toBeUndefined()
  clock.advance(60_000)
  expect(
    (await exchangeLoginCode(sandbox, code)).body.errcode,
    'the refused code was not used up',
  ).toBeUndefined()
})

test('the remaining calls of a quota can be set', async () => {
  await using sandbox = await startSandbox({ clock: frozenClock('2026-01-01T00:00:00Z') })
  const appConsole = sandbox.console()
  appConsole.setQuotaLeft('stable-token/day', 1)
  expect((await fetchStableToken(sandbox)).body.access_token).toBeDefined()
  expect(appConsole.quotaLeft('stable-token/day')).toBe(0)
  expect((await fetchStableToken(sandbox)).body).toMatchObject({ errcode: 45009 })
})

test('every tap that yields a code is charged beyond the first thousand, exchanged or not', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  for (let count = 1; count <= 1_002; count++) alice.allowsPhone()
  expect(sandbox.console().charges).toEqual({ phoneTaps: 1_002, freeTapsLeft: 0, billedTaps: 2, cny: 0.06 })
})

test('a phone tap fails with errno 1400001 when the paid taps are used up', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  sandbox.console().setPhoneTapsLeft(1)
  expect(alice.tapsPhoneButton().errMsg).toBe('getPhoneNumber:ok')
  expect(alice.tapsPhoneButton()).toMatchObject({ errno: 1_400_001 })
})

test('a reset restores the seeds and keeps people and consoles valid', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  const appConsole = sandbox.console()
  const code = alice.tapsLogin()
  alice.block()
  appConsole.freezeSecret()
  sandbox.addPerson({ name: 'dave' })
  sandbox.faults.add({ kind: 'silence' })
  sandbox.reset()
  expect(sandbox.calls).toEqual([])
  expect(sandbox.faults.active).toEqual([])
  expect(() => sandbox.person('dave')).toThrow('no person is named dave')
  expect((await exchangeLoginCode(sandbox, code)).body).toMatchObject({ errcode: 40029 })
  expect((await exchangeLoginCode(sandbox, alice.tapsLogin())).body.openid).toBe(alice.openId)
})

test.each([
  [{ apps: [] }, 'at least one app'],
  [{ apps: [app, app] }, 'two apps have the same appId'],
  [{ people: [{ name: 'alice' }, { name: 'alice' }] }, 'a person named alice exists'],
  [{ people: [{ name: 'alice', phones: ['x'] }] }, '+8613800008915'],
  [{ people: [{ name: '' }] }, 'a person is invalid at name'],
  [{ apps: [{ ipWhitelist: ['here'] }] }, 'here is not an IP address or network'],
])('startSandbox rejects the seed %j with a message: %s', async (options, message) => {
  await expect(startSandbox(options)).rejects.toThrow(message)
})
