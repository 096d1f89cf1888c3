import { describe, expect, test } from 'vitest'
import { NobodyHere } from '../errors/app-error.ts'
import { settled } from '../login/_login-harness.ts'
import { loginOf, memberIn, pair } from './_auth-harness.ts'

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
