import { describe, expect, test } from 'vitest'
import { flushPromises } from '../lib/_fake-timers.ts'
import { alice, createAuthHarness, loginOutput, openAsAlice, tokenPair } from './_auth-harness.ts'

const member = { status: 'signedIn', member: alice.member }

describe('token renewal', () => {
  const lifetimeMs = alice.expiresInSeconds * 1000

  test('an access token is renewed one minute before it expires', async () => {
    const { auth, api, call, advance } = await openAsAlice()
    advance(lifetimeMs - 60_001)
    void auth.withToken(api.listSessions)
    await flushPromises()
    expect(call('listSessions').input).toBe('token 0')
    advance(1)
    void auth.withToken(api.listSessions)
    await flushPromises()
    await call('renew').respond(tokenPair(1))
    expect(call('listSessions', 2).input).toBe('token 1')
  })

  test('an expired token is renewed when the app is shown, without a state change', async () => {
    const { auth, call, names, advance } = await openAsAlice()
    const states: unknown[] = []
    auth.subscribe(() => states.push(auth.get()))
    advance(lifetimeMs)
    void auth.restore()
    await flushPromises()
    await call('renew').respond(tokenPair(1))
    expect(states).toEqual([])
    void auth.restore()
    await flushPromises()
    expect(names()).toEqual(['me', 'renew'])
  })
})

describe('sign-out', () => {
  test('a sign-out lasts: the next launch makes no call', async () => {
    const harness = await openAsAlice()
    harness.auth.signOut()
    expect(harness.auth.get()).toEqual({ status: 'guest' })
    expect(harness.call('logout').input).toBe('token 0')
    await harness.auth.restore()
    const next = harness.open()
    await next.auth.restore()
    expect(next.status()).toBe('guest')
    expect(next.calls).toEqual([])
  })

  test('a sign-out ends with the next sign-in', async () => {
    const harness = await openAsAlice()
    harness.auth.signOut()
    harness.auth.signIn(loginOutput(9))
    const next = harness.open()
    expect(next.status()).toBe('restoring')
  })

  test('a sign-out with an expired token is sent with a renewed one', async () => {
    const { auth, call, names } = await openAsAlice()
    auth.signOut()
    await call('logout').refuse('TOKEN_EXPIRED')
    await call('renew').respond(tokenPair(1))
    expect(call('logout', 2).input).toBe('token 1')
    await call('logout', 2).lose()
    expect(names().slice(1)).toEqual(['logout', 'renew', 'logout'])
  })

  test('a sign-out without a network takes effect on the phone at once', async () => {
    const { auth, call, names, status } = await openAsAlice()
    auth.signOut()
    await call('logout').lose()
    expect(status()).toBe('guest')
    expect(names()).toEqual(['me', 'logout'])
  })

  test('a sign-out during a renewal ends the renewed session too', async () => {
    const { auth, api, call, tokens } = await openAsAlice()
    const pending = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_EXPIRED')
    auth.signOut()
    await call('renew').respond(tokenPair(1))
    await expect(pending).rejects.toThrow('refused')
    expect(call('logout', 2).input).toBe('token 1')
    expect(auth.get()).toEqual({ status: 'guest' })
    expect(tokens.isSignedOut()).toBe(true)
  })

  test('a response that arrives after the sign-out changes nothing', async () => {
    const { auth, call, status } = await openAsAlice()
    void auth.refresh()
    await flushPromises()
    auth.signOut()
    await call('me', 2).respond(alice.member)
    expect(status()).toBe('guest')
  })
})

describe('sign-in', () => {
  test('a sign-in survives the rejection of the earlier token', async () => {
    const { auth, call, tokens } = createAuthHarness().openSignedIn()
    void auth.restore()
    await flushPromises()
    auth.signIn(loginOutput(5))
    await call('me').refuse('TOKEN_INVALID')
    expect(auth.get()).toEqual(member)
    expect(tokens.get()?.token).toBe('token 5')
  })

  test('a call of the earlier member is not repeated after another sign-in', async () => {
    const { auth, api, call, names } = await openAsAlice()
    const pending = auth.withToken(api.listSessions)
    await flushPromises()
    auth.signOut()
    auth.signIn(loginOutput(5))
    await call('listSessions').refuse('SESSION_ENDED')
    await expect(pending).rejects.toThrow('refused')
    expect(names().filter((name) => name === 'listSessions')).toHaveLength(1)
  })

  test('a sign-in during a resumption keeps its own session and revokes the other', async () => {
    const { auth, call, tokens } = createAuthHarness().open()
    void auth.restore()
    await flushPromises()
    auth.signIn(loginOutput(5))
    await call('resume').respond(loginOutput(6))
    expect(tokens.get()?.token).toBe('token 5')
    expect(call('logout').input).toBe('token 6')
  })

  test('a discarded login is revoked on the server and counts as a sign-out', async () => {
    const { auth, call, tokens, status } = createAuthHarness().open()
    auth.discardLogin(loginOutput(5))
    expect(status()).toBe('guest')
    expect(tokens.isSignedOut()).toBe(true)
    expect(call('logout').input).toBe('token 5')
  })
})
