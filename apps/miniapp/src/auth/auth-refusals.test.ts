import { describe, expect, test } from 'vitest'
import { NotLoggedInError } from '../errors/app-error.ts'
import { flushPromises } from '../lib/_fake-timers.ts'
import { loginOutput, openAsAlice, tokenPair } from './_auth-harness.ts'

describe('a rejected access token', () => {
  test('fifty concurrent callers share one renewal and all succeed', async () => {
    const { auth, api, calls, call, names } = await openAsAlice()
    const callers = Array.from({ length: 50 }, () => auth.withToken(api.listSessions))
    await flushPromises()
    for (const { refuse } of calls.filter(({ name }) => name === 'listSessions'))
      await refuse('TOKEN_EXPIRED')
    expect(names().filter((name) => name === 'renew')).toHaveLength(1)
    expect(call('renew').input).toEqual({ refreshToken: 'refresh token 0' })
    await call('renew').respond(tokenPair(1))
    const repeated = calls.filter(({ name, input }) => name === 'listSessions' && input === 'token 1')
    expect(repeated).toHaveLength(50)
    for (const { respond } of repeated) await respond({ sessions: [] })
    await expect(Promise.all(callers)).resolves.toHaveLength(50)
  })

  test('a late rejection uses the token that was renewed meanwhile', async () => {
    const { auth, api, call, names } = await openAsAlice()
    void auth.withToken(api.listSessions)
    const late = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_EXPIRED')
    await call('renew').respond(tokenPair(1))
    await call('listSessions', 2).refuse('TOKEN_EXPIRED')
    await call('listSessions', 4).respond({ sessions: [] })
    await expect(late).resolves.toEqual({ sessions: [] })
    expect(names().filter((name) => name === 'renew')).toHaveLength(1)
  })

  test('a rejected renewal falls back to a login code, once', async () => {
    const { auth, api, call, status } = await openAsAlice()
    const pending = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_INVALID')
    await call('renew').refuse('SESSION_ENDED')
    expect(call('resume').input).toEqual({ code: 'login code 1' })
    await call('resume').respond(loginOutput(7))
    expect(call('listSessions', 2).input).toBe('token 7')
    await call('listSessions', 2).respond({ sessions: [] })
    await expect(pending).resolves.toEqual({ sessions: [] })
    expect(status()).toBe('signedIn')
  })

  test('a rejected resumption ends in guest, with no further call', async () => {
    const { auth, api, call, calls, names, tokens } = await openAsAlice()
    const pending = [auth.withToken(api.listSessions), auth.withToken(api.listSessions)]
    await flushPromises()
    await call('listSessions').refuse('TOKEN_INVALID')
    await call('renew').refuse('REFRESH_TOKEN_INVALID')
    await call('resume').refuse('MEMBER_UNKNOWN')
    await call('listSessions', 2).refuse('TOKEN_INVALID')
    expect((await Promise.allSettled(pending)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(auth.get()).toEqual({ status: 'guest' })
    expect(tokens.get()).toBeUndefined()
    const before = calls.length
    await auth.restore()
    await expect(auth.withToken(api.listSessions)).rejects.toBeInstanceOf(NotLoggedInError)
    expect(names()).toHaveLength(before)
  })

  test('a rejection of the renewed token ends in guest, not in a loop', async () => {
    const { auth, api, call, names, status } = await openAsAlice()
    const pending = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_INVALID')
    await call('renew').respond(tokenPair(1))
    await call('listSessions', 2).refuse('TOKEN_INVALID')
    await expect(pending).rejects.toThrow('refused')
    expect(status()).toBe('guest')
    expect(names()).toEqual(['me', 'listSessions', 'renew', 'listSessions'])
  })

  test('another error after a successful renewal does not sign out', async () => {
    const { auth, api, call, status } = await openAsAlice()
    const pending = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_EXPIRED')
    await call('renew').respond(tokenPair(1))
    await call('listSessions', 2).refuse('RATE_LIMITED', { httpStatus: 429 })
    await expect(pending).rejects.toThrow('refused')
    expect(status()).toBe('signedIn')
  })

  test('a rejection after the member became a guest makes no further call', async () => {
    const { auth, api, call, names } = await openAsAlice()
    const pending = [auth.withToken(api.listSessions), auth.withToken(api.listSessions)]
    await flushPromises()
    await call('listSessions').refuse('TOKEN_INVALID')
    await call('renew').respond(tokenPair(1))
    await call('listSessions', 3).refuse('TOKEN_INVALID')
    const before = names()
    await call('listSessions', 2).refuse('TOKEN_INVALID')
    await Promise.allSettled(pending)
    expect(names()).toEqual(before)
  })

  test('a 401 with an unknown failure code is a rejection', async () => {
    const { auth, api, call } = await openAsAlice()
    void auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('CODE_FROM_THE_FUTURE')
    expect(call('renew').input).toEqual({ refreshToken: 'refresh token 0' })
  })

  test('a renewal that needs a phone tap tries no login code, at the next launch neither', async () => {
    const { auth, api, call, names, open } = await openAsAlice()
    void auth.withToken(api.listSessions).catch(() => {})
    await flushPromises()
    await call('listSessions').refuse('SESSION_ENDED')
    await call('renew').refuse('CODE_FROM_THE_FUTURE', { retry: 'new-phone-tap' })
    expect(names()).toEqual(['me', 'listSessions', 'renew'])
    const next = open()
    await next.auth.restore()
    expect(next.calls).toEqual([])
    expect(next.status()).toBe('guest')
  })

  test('a banned member becomes a guest', async () => {
    const banned = { httpStatus: 403, retry: 'none' } as const
    const { auth, call, names, status } = await openAsAlice()
    void auth.refresh()
    await flushPromises()
    await call('me', 2).refuse('MEMBER_BANNED', banned)
    await call('renew').refuse('MEMBER_BANNED', banned)
    expect(status()).toBe('guest')
    expect(names()).toEqual(['me', 'me', 'renew'])
  })

  test('any other failure is thrown to the caller and changes nothing', async () => {
    const { auth, api, call, names, status } = await openAsAlice()
    const pending = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('RATE_LIMITED', { httpStatus: 429 })
    await expect(pending).rejects.toThrow('refused')
    expect(status()).toBe('signedIn')
    expect(names()).toEqual(['me', 'listSessions'])
  })

  test('a network error during a renewal keeps the member and the tokens', async () => {
    const { auth, api, call, tokens, status } = await openAsAlice()
    const pending = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_EXPIRED')
    await call('renew').lose('timeout')
    await expect(pending).rejects.toThrow('timeout')
    expect(status()).toBe('signedIn')
    expect(tokens.get()?.refreshToken).toBe('refresh token 0')
  })

  test('a renewal whose response was lost is sent again unchanged', async () => {
    const { auth, api, call } = await openAsAlice()
    void auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_EXPIRED')
    await call('renew').lose('interrupted')
    expect(call('renew', 2).input).toEqual({ refreshToken: 'refresh token 0' })
    await call('renew', 2).respond(tokenPair(1))
    expect(call('listSessions', 2).input).toBe('token 1')
  })
})
