import { describe, expect, test } from 'vitest'
import { flushPromises } from '../lib/_fake-timers.ts'
import { alice, createAuthHarness, loginOutput, openAsAlice, tokenPair } from './_auth-harness.ts'

const member = { status: 'signedIn', member: alice.member }

describe('time', () => {
  const life = alice.expiresInSeconds * 1000

  test('a token is renewed a minute before it ends', async () => {
    const { auth, api, call, advance } = await openAsAlice()
    advance(life - 60_001)
    void auth.withToken(api.listSessions)
    await flushPromises()
    expect(call('listSessions').input).toBe('token 0')
    advance(1)
    void auth.withToken(api.listSessions)
    await flushPromises()
    await call('renew').respond(tokenPair(1))
    expect(call('listSessions', 2).input).toBe('token 1')
  })

  test('a member who comes back after a while is renewed at once, without a change on the screen', async () => {
    const { auth, call, names, advance } = await openAsAlice()
    const seen: unknown[] = []
    auth.subscribe(() => seen.push(auth.get()))
    advance(life)
    void auth.restore()
    await flushPromises()
    await call('renew').respond(tokenPair(1))
    expect(seen).toEqual([])
    void auth.restore()
    await flushPromises()
    expect(names()).toEqual(['me', 'renew'])
  })
})

describe('logging out', () => {
  test('holds: at the next launch nobody is let in behind their back', async () => {
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

  test('ends when the person logs in', async () => {
    const harness = await openAsAlice()
    harness.auth.signOut()
    harness.auth.signIn(loginOutput(9))
    const next = harness.open()
    expect(next.status()).toBe('returning')
  })

  test('reaches the server with a renewed token where the old one is over', async () => {
    const { auth, call, names } = await openAsAlice()
    auth.signOut()
    await call('logout').refuse('TOKEN_EXPIRED')
    await call('renew').respond(tokenPair(1))
    expect(call('logout', 2).input).toBe('token 1')
    await call('logout', 2).lose()
    expect(names().slice(1)).toEqual(['logout', 'renew', 'logout'])
  })

  test('without a network counts on this phone at once', async () => {
    const { auth, call, names, status } = await openAsAlice()
    auth.signOut()
    await call('logout').lose()
    expect(status()).toBe('guest')
    expect(names()).toEqual(['me', 'logout'])
  })

  test('while a renewal is under way ends the renewed session too', async () => {
    const { auth, api, call, tokens } = await openAsAlice()
    const asked = auth.withToken(api.listSessions)
    await flushPromises()
    await call('listSessions').refuse('TOKEN_EXPIRED')
    auth.signOut()
    await call('renew').respond(tokenPair(1))
    await expect(asked).rejects.toThrow('refused')
    expect(call('logout', 2).input).toBe('token 1')
    expect(auth.get()).toEqual({ status: 'guest' })
    expect(tokens.isSignedOut()).toBe(true)
  })

  test('an answer that comes after it changes nothing', async () => {
    const { auth, call, status } = await openAsAlice()
    void auth.refresh()
    await flushPromises()
    auth.signOut()
    await call('me', 2).respond(alice.member)
    expect(status()).toBe('guest')
  })
})

describe('a login', () => {
  test('outlives the refusal of the token before it', async () => {
    const { auth, call, tokens } = createAuthHarness().openSignedIn()
    void auth.restore()
    await flushPromises()
    auth.signIn(loginOutput(5))
    await call('me').refuse('TOKEN_INVALID')
    expect(auth.get()).toEqual(member)
    expect(tokens.get()?.token).toBe('token 5')
  })

  test('makes no call of the person before it go out in its name', async () => {
    const { auth, api, call, names } = await openAsAlice()
    const asked = auth.withToken(api.listSessions)
    await flushPromises()
    auth.signOut()
    auth.signIn(loginOutput(5))
    await call('listSessions').refuse('SESSION_ENDED')
    await expect(asked).rejects.toThrow('refused')
    expect(names().filter((name) => name === 'listSessions')).toHaveLength(1)
  })

  test('that a silent resumption overtakes keeps one session, the chosen one', async () => {
    const { auth, call, tokens } = createAuthHarness().open()
    void auth.restore()
    await flushPromises()
    auth.signIn(loginOutput(5))
    await call('resume').respond(loginOutput(6))
    expect(tokens.get()?.token).toBe('token 5')
    expect(call('logout').input).toBe('token 6')
  })

  test('that was turned down is undone on the server, and holds', async () => {
    const { auth, call, tokens, status } = createAuthHarness().open()
    auth.discardLogin(loginOutput(5))
    expect(status()).toBe('guest')
    expect(tokens.isSignedOut()).toBe(true)
    expect(call('logout').input).toBe('token 5')
  })
})
