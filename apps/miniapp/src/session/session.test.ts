import { describe, expect, test } from 'vitest'
import { NobodyHere } from '../api/trouble.ts'
import { alice, settled } from '../login/_login-world.ts'
import { createSessionWorld, loginOf, pair } from './_session-world.ts'

const member = { is: 'member', member: alice.member }

describe('at launch', () => {
  test('who has tokens from an earlier day is known again', async () => {
    const { session, call } = createSessionWorld().openOfMember()
    expect(session.get()).toEqual({ is: 'returning' })
    void session.resume()
    await settled()
    expect(call('me').by).toBe('token 0')
    await call('me').answer(alice.member)
    expect(session.get()).toEqual(member)
  })

  test('a known member without tokens is in by a login code alone', async () => {
    const { session, call, tokens } = createSessionWorld().open()
    expect(session.get()).toEqual({ is: 'guest' })
    void session.resume()
    await settled()
    expect(call('resume').by).toEqual({ code: 'login code 1' })
    await call('resume').answer(loginOf(1))
    expect(session.get()).toEqual(member)
    expect(tokens.get()?.token).toBe('token 1')
  })

  test('a stranger stays a guest, and is asked for once', async () => {
    const { session, call, names } = createSessionWorld().open()
    void session.resume()
    await settled()
    await call('resume').refuse('MEMBER_UNKNOWN')
    expect(session.get()).toEqual({ is: 'guest' })
    await session.resume()
    expect(names()).toEqual(['resume'])
  })

  test('a stranger’s login code is good for the login that follows, and needs no preparation', async () => {
    const { session, call, codes, names } = createSessionWorld().open()
    void session.resume()
    await settled()
    await call('resume').refuse('MEMBER_UNKNOWN')
    codes.prepare()
    expect(await codes.take()).toBe('login code 1')
    expect(names()).toEqual(['resume'])
  })

  test.each(['answered', 'lost'])(
    'a login code is not used twice when its resumption was %s',
    async (how) => {
      const { session, call, codes } = createSessionWorld().open()
      void session.resume()
      await settled()
      if (how === 'answered') await call('resume').answer(loginOf(1))
      else await call('resume').lose('timeout')
      expect(await codes.take()).toBe('login code 2')
    },
  )

  test('a guest without a network hears of no trouble, and is asked for when the app is shown again', async () => {
    const { session, call } = createSessionWorld().open()
    void session.resume()
    await settled()
    await call('resume').lose()
    expect(session.get()).toEqual({ is: 'guest' })
    void session.resume()
    await settled()
    await call('resume', 2).answer(loginOf(1))
    expect(session.get()).toEqual(member)
  })

  test('a bad network logs nobody out, and the member is back when the app is shown again', async () => {
    const { session, call, tokens } = createSessionWorld().openOfMember()
    void session.resume()
    await settled()
    await call('me').lose()
    expect(session.get()).toEqual({ is: 'unreached', trouble: { at: 'network', is: 'offline' } })
    expect(tokens.get()?.token).toBe('token 0')
    void session.resume()
    await settled()
    await call('me', 2).answer(alice.member)
    expect(session.get()).toEqual(member)
  })

  test('nothing is asked before resume', async () => {
    const { calls } = createSessionWorld().openOfMember()
    await settled()
    expect(calls).toEqual([])
  })

  test('launch, show and a tap together ask once', async () => {
    const { session, names } = createSessionWorld().openOfMember()
    void session.resume()
    void session.resume()
    void session.refresh()
    await settled()
    expect(names()).toEqual(['me'])
  })
})

/** A member whose first token is known to the API no more. */
async function memberIn(world = createSessionWorld()) {
  const tab = world.openOfMember()
  void tab.session.resume()
  await settled()
  await tab.call('me').answer(alice.member)
  return { ...world, ...tab }
}

describe('a token that the API refuses', () => {
  test('fifty callers make one renewal, and all of them continue', async () => {
    const { session, api, calls, call, names } = await memberIn()
    const callers = Array.from({ length: 50 }, () => session.asMember(api.sessions))
    await settled()
    for (const { refuse } of calls.filter(({ name }) => name === 'sessions')) await refuse('TOKEN_EXPIRED')
    expect(names().filter((name) => name === 'renew')).toHaveLength(1)
    expect(call('renew').by).toEqual({ refreshToken: 'refresh token 0' })
    await call('renew').answer(pair(1))
    const again = calls.filter(({ name, by }) => name === 'sessions' && by === 'token 1')
    expect(again).toHaveLength(50)
    for (const { answer } of again) await answer({ sessions: [] })
    await expect(Promise.all(callers)).resolves.toHaveLength(50)
  })

  test('a refusal that comes late finds the renewed token', async () => {
    const { session, api, call, names } = await memberIn()
    void session.asMember(api.sessions)
    const late = session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('TOKEN_EXPIRED')
    await call('renew').answer(pair(1))
    await call('sessions', 2).refuse('TOKEN_EXPIRED')
    await call('sessions', 4).answer({ sessions: [] })
    await expect(late).resolves.toEqual({ sessions: [] })
    expect(names().filter((name) => name === 'renew')).toHaveLength(1)
  })

  test('renewal refused: a login code, once', async () => {
    const { session, api, call, is } = await memberIn()
    const asked = session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('TOKEN_INVALID')
    await call('renew').refuse('SESSION_ENDED')
    expect(call('resume').by).toEqual({ code: 'login code 1' })
    await call('resume').answer(loginOf(7))
    expect(call('sessions', 2).by).toBe('token 7')
    await call('sessions', 2).answer({ sessions: [] })
    await expect(asked).resolves.toEqual({ sessions: [] })
    expect(is()).toBe('member')
  })

  test('resumption refused: a guest, and no further call', async () => {
    const { session, api, call, calls, names, tokens } = await memberIn()
    const asked = [session.asMember(api.sessions), session.asMember(api.sessions)]
    await settled()
    await call('sessions').refuse('TOKEN_INVALID')
    await call('renew').refuse('REFRESH_TOKEN_INVALID')
    await call('resume').refuse('MEMBER_UNKNOWN')
    await call('sessions', 2).refuse('TOKEN_INVALID')
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(session.get()).toEqual({ is: 'guest' })
    expect(tokens.get()).toBeUndefined()
    const before = calls.length
    await session.resume()
    await expect(session.asMember(api.sessions)).rejects.toBeInstanceOf(NobodyHere)
    expect(names()).toHaveLength(before)
  })

  test('a fresh token that is refused too ends in a guest, not in a loop', async () => {
    const { session, api, call, names, is } = await memberIn()
    const asked = session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('TOKEN_INVALID')
    await call('renew').answer(pair(1))
    await call('sessions', 2).refuse('TOKEN_INVALID')
    await expect(asked).rejects.toThrow('refused')
    expect(is()).toBe('guest')
    expect(names()).toEqual(['me', 'sessions', 'renew', 'sessions'])
  })

  test('and whose renewal went well is not mistaken for the trouble after it', async () => {
    const { session, api, call, is } = await memberIn()
    const asked = session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('TOKEN_EXPIRED')
    await call('renew').answer(pair(1))
    await call('sessions', 2).refuse('RATE_LIMITED', { httpStatus: 429 })
    await expect(asked).rejects.toThrow('refused')
    expect(is()).toBe('member')
  })

  test('late, after the member became a guest, makes no further call', async () => {
    const { session, api, call, names } = await memberIn()
    const asked = [session.asMember(api.sessions), session.asMember(api.sessions)]
    await settled()
    await call('sessions').refuse('TOKEN_INVALID')
    await call('renew').answer(pair(1))
    await call('sessions', 3).refuse('TOKEN_INVALID')
    const before = names()
    await call('sessions', 2).refuse('TOKEN_INVALID')
    await Promise.allSettled(asked)
    expect(names()).toEqual(before)
  })

  test('a refusal by a name that this build never heard of is one all the same', async () => {
    const { session, api, call } = await memberIn()
    void session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('MOON_IS_FULL')
    expect(call('renew').by).toEqual({ refreshToken: 'refresh token 0' })
  })

  test('where the API wants a phone tap no login code is tried, nor at the next launch', async () => {
    const { session, api, call, names, open } = await memberIn()
    void session.asMember(api.sessions).catch(() => {})
    await settled()
    await call('sessions').refuse('SESSION_ENDED')
    await call('renew').refuse('MOON_IS_FULL', { retry: 'new-phone-tap' })
    expect(names()).toEqual(['me', 'sessions', 'renew'])
    const next = open()
    await next.session.resume()
    expect(next.calls).toEqual([])
    expect(next.is()).toBe('guest')
  })

  test('a member who is banned meanwhile is a guest', async () => {
    const banned = { httpStatus: 403, retry: 'none' } as const
    const { session, call, names, is } = await memberIn()
    void session.refresh()
    await settled()
    await call('me', 2).refuse('MEMBER_BANNED', banned)
    await call('renew').refuse('MEMBER_BANNED', banned)
    expect(is()).toBe('guest')
    expect(names()).toEqual(['me', 'me', 'renew'])
  })

  test('any other failure is nobody’s business but the caller’s', async () => {
    const { session, api, call, names, is } = await memberIn()
    const asked = session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('RATE_LIMITED', { httpStatus: 429 })
    await expect(asked).rejects.toThrow('refused')
    expect(is()).toBe('member')
    expect(names()).toEqual(['me', 'sessions'])
  })

  test('a network lost while renewing leaves the member and the tokens', async () => {
    const { session, api, call, tokens, is } = await memberIn()
    const asked = session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('TOKEN_EXPIRED')
    await call('renew').lose('timeout')
    await expect(asked).rejects.toThrow('timeout')
    expect(is()).toBe('member')
    expect(tokens.get()?.refreshToken).toBe('refresh token 0')
  })

  test('a renewal whose answer was lost is sent again as it was', async () => {
    const { session, api, call } = await memberIn()
    void session.asMember(api.sessions)
    await settled()
    await call('sessions').refuse('TOKEN_EXPIRED')
    await call('renew').lose('interrupted')
    expect(call('renew', 2).by).toEqual({ refreshToken: 'refresh token 0' })
    await call('renew', 2).answer(pair(1))
    expect(call('sessions', 2).by).toBe('token 1')
  })
})

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
