import { describe, expect, test } from 'vitest'
import { NobodyHere } from '../errors/app-error.ts'
import { alice, settled } from '../login/_login-harness.ts'
import { createSessionWorld, loginOf, memberIn, pair } from './_auth-harness.ts'

describe('two tabs', () => {
  test('one renews, the other takes the renewed token over', async () => {
    const world = createSessionWorld()
    const first = await memberIn(world)
    const second = world.open()
    void second.session.resume()
    await settled()
    await second.call('me').answer(alice.member)
    world.pass(alice.expiresInSeconds * 1000)

    void first.session.asMember(first.api.sessions)
    await settled()
    await first.call('renew').answer(pair(1))
    void second.session.asMember(second.api.sessions)
    await settled()
    expect(second.names()).toEqual(['me', 'sessions'])
    expect(second.call('sessions').by).toBe('token 1')
  })

  test('that renew at the same instant end with the same tokens', async () => {
    const world = createSessionWorld()
    const [first, second] = [world.openOfMember(), world.open()]
    void first.session.resume()
    void second.session.resume()
    await settled()
    for (const tab of [first, second]) await tab.call('me').refuse('TOKEN_EXPIRED')
    for (const tab of [first, second]) await tab.call('renew').answer(pair(1))
    for (const tab of [first, second]) await tab.call('me', 2).answer(alice.member)
    expect([first.is(), second.is()]).toEqual(['member', 'member'])
    expect([...first.names(), ...second.names()]).not.toContain('logout')
  })

  test('logging out in one is heeded by the other when it is looked at', async () => {
    const world = createSessionWorld()
    const [first, second] = [world.openOfMember(), world.open()]
    first.session.leave()
    await second.session.resume()
    expect(second.is()).toBe('guest')
    expect(second.calls).toEqual([])
  })

  test('logging out in one beats a renewal that is under way in the other', async () => {
    const world = createSessionWorld()
    const [first, second] = [world.openOfMember(), world.open()]
    void second.session.resume()
    await settled()
    await second.call('me').refuse('TOKEN_EXPIRED')
    first.session.leave()
    await second.call('renew').answer(pair(1))
    expect(second.is()).toBe('guest')
    expect(world.open().tokens.isLeft()).toBe(true)
  })

  test('logging out in one keeps the other from renewing', async () => {
    const world = createSessionWorld()
    const [first, second] = [world.openOfMember(), world.open()]
    world.pass(alice.expiresInSeconds * 1000)
    first.session.leave()
    await expect(second.session.asMember(second.api.sessions)).rejects.toBeInstanceOf(NobodyHere)
    expect(second.calls).toEqual([])
    expect(second.is()).toBe('guest')
  })

  test('what one dropped the other does not look for in the name of a refused call', async () => {
    const world = createSessionWorld()
    const [first, second] = [world.openOfMember(), world.open()]
    const asked = second.session.asMember(second.api.sessions)
    await settled()
    first.tokens.drop()
    await second.call('sessions').refuse('TOKEN_INVALID')
    await expect(asked).rejects.toThrow('refused')
    expect(second.names()).toEqual(['sessions'])
  })

  test('a login in one outlives a refused renewal in the other', async () => {
    const world = createSessionWorld()
    const [first, second] = [world.openOfMember(), world.open()]
    void second.session.resume()
    await settled()
    await second.call('me').refuse('TOKEN_EXPIRED')
    first.session.enter(loginOf(7))
    await second.call('renew').refuse('MEMBER_UNKNOWN', { retry: 'new-phone-tap' })
    expect(second.call('me', 2).by).toBe('token 7')
    await second.call('me', 2).answer(alice.member)
    expect([second.is(), world.open().is()]).toEqual(['member', 'returning'])
  })

  test('a login in one is seen by the other when it is looked at', async () => {
    const world = createSessionWorld()
    const [first, second] = [world.open(), world.open()]
    first.session.enter(loginOf(1))
    void second.session.resume()
    await settled()
    await second.call('me').answer(alice.member)
    expect(second.is()).toBe('member')
  })
})

describe('a storage', () => {
  const full = (storage: ReturnType<typeof createSessionWorld>['storage']) => ({
    ...storage,
    write: () => {
      throw new Error('storage is full')
    },
  })

  test('that is full does not bring old tokens back', async () => {
    const world = createSessionWorld()
    const { session, api, call, tokens } = world.openOfMember(full(world.storage))
    void session.resume()
    await settled()
    await call('me').refuse('TOKEN_EXPIRED')
    await call('renew').answer(pair(1))
    await call('me', 2).answer(alice.member)
    world.pass(alice.expiresInSeconds * 1000)
    void session.asMember(api.sessions)
    await settled()
    expect(call('renew', 2).by).toEqual({ refreshToken: 'refresh token 1' })
    expect(tokens.get()?.token).toBe('token 1')
  })

  test.each(['{"token":"half', '{"token":1,"refreshToken":2}', '[]', 'null', '"left"'])(
    'with %s in it is an empty one',
    async (text) => {
      const world = createSessionWorld()
      world.stored.set('kinpass.session', text)
      const { session, call } = world.open()
      expect(session.get()).toEqual({ is: 'guest' })
      void session.resume()
      await settled()
      expect(call('resume').by).toEqual({ code: 'login code 1' })
    },
  )
})
