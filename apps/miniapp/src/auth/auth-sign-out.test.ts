import { describe, expect, test } from 'vitest'
import { alice, settled } from '../login/_login-harness.ts'
import { createSessionWorld, loginOf, memberIn, pair } from './_auth-harness.ts'

const member = { is: 'member', member: alice.member }

describe('time', () => {
  const life = alice.expiresInSeconds * 1000

  test('a token is renewed a minute before it ends', async () => {
    const { session, api, call, pass } = await memberIn()
    pass(life - 60_001)
    void session.asMember(api.sessions)
    await settled()
    expect(call('sessions').by).toBe('token 0')
    pass(1)
    void session.asMember(api.sessions)
    await settled()
    await call('renew').answer(pair(1))
    expect(call('sessions', 2).by).toBe('token 1')
  })

  test('a member who comes back after a while is renewed at once, without a change on the screen', async () => {
    const { session, call, names, pass } = await memberIn()
    const seen: unknown[] = []
    session.watch(() => seen.push(session.get()))
    pass(life)
    void session.resume()
    await settled()
    await call('renew').answer(pair(1))
    expect(seen).toEqual([])
    void session.resume()
    await settled()
    expect(names()).toEqual(['me', 'renew'])
  })
})

describe('logging out', () => {
  test('holds: at the next launch nobody is let in behind their back', async () => {
    const world = await memberIn()
    world.session.leave()
    expect(world.session.get()).toEqual({ is: 'guest' })
    expect(world.call('logout').by).toBe('token 0')
    await world.session.resume()
    const next = world.open()
    await next.session.resume()
    expect(next.is()).toBe('guest')
    expect(next.calls).toEqual([])
  })

  test('ends when the person logs in', async () => {
    const world = await memberIn()
    world.session.leave()
    world.session.enter(loginOf(9))
    const next = world.open()
    expect(next.is()).toBe('returning')
  })

  test('reaches the server with a renewed token where the old one is over', async () => {
    const { session, call, names } = await memberIn()
    session.leave()
    await call('logout').refuse('TOKEN_EXPIRED')
    await call('renew').answer(pair(1))
    expect(call('logout', 2).by).toBe('token 1')
    await call('logout', 2).lose()
    expect(names().slice(1)).toEqual(['logout', 'renew', 'logout'])
  })

  test('without a network counts on this phone at once', async () => {
    const { session, call, names, is } = await memberIn()
    session.leave()
    await call('logout').lose()
    expect(is()).toBe('guest')
    expect(names()).toEqual(['me', 'logout'])
  })

  test('while a renewal is under way ends the renewed session too', async () => {
    const { session, api, call, tokens } = await memberIn()
    const asked = session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('TOKEN_EXPIRED')
    session.leave()
    await call('renew').answer(pair(1))
    await expect(asked).rejects.toThrow('refused')
    expect(call('logout', 2).by).toBe('token 1')
    expect(session.get()).toEqual({ is: 'guest' })
    expect(tokens.isLeft()).toBe(true)
  })

  test('an answer that comes after it changes nothing', async () => {
    const { session, call, is } = await memberIn()
    void session.refresh()
    await settled()
    session.leave()
    await call('me', 2).answer(alice.member)
    expect(is()).toBe('guest')
  })
})

describe('a login', () => {
  test('outlives the refusal of the token before it', async () => {
    const { session, call, tokens } = createSessionWorld().openOfMember()
    void session.resume()
    await settled()
    session.enter(loginOf(5))
    await call('me').refuse('TOKEN_INVALID')
    expect(session.get()).toEqual(member)
    expect(tokens.get()?.token).toBe('token 5')
  })

  test('makes no call of the person before it go out in its name', async () => {
    const { session, api, call, names } = await memberIn()
    const asked = session.asMember(api.sessions)
    await settled()
    session.leave()
    session.enter(loginOf(5))
    await call('sessions').refuse('SESSION_ENDED')
    await expect(asked).rejects.toThrow('refused')
    expect(names().filter((name) => name === 'sessions')).toHaveLength(1)
  })

  test('that a silent resumption overtakes keeps one session, the chosen one', async () => {
    const { session, call, tokens } = createSessionWorld().open()
    void session.resume()
    await settled()
    session.enter(loginOf(5))
    await call('resume').answer(loginOf(6))
    expect(tokens.get()?.token).toBe('token 5')
    expect(call('logout').by).toBe('token 6')
  })

  test('that was turned down is undone on the server, and holds', async () => {
    const { session, call, tokens, is } = createSessionWorld().open()
    session.turnDown(loginOf(5))
    expect(is()).toBe('guest')
    expect(tokens.isLeft()).toBe(true)
    expect(call('logout').by).toBe('token 5')
  })
})
