import { describe, expect, test } from 'vitest'
import { NotLoggedInError } from '../errors/app-error.ts'
import { flushPromises } from '../lib/_fake-timers.ts'
import { alice, createAuthHarness, loginOutput, openAsAlice, tokenPair } from './_auth-harness.ts'

describe('two tabs', () => {
  test('a tab uses the token that another tab renewed', async () => {
    const harness = createAuthHarness()
    const first = await openAsAlice(harness)
    const second = harness.open()
    void second.auth.restore()
    await flushPromises()
    await second.call('me').respond(alice.member)
    harness.advance(alice.expiresInSeconds * 1000)

    void first.auth.withToken(first.api.listSessions)
    await flushPromises()
    await first.call('renew').respond(tokenPair(1))
    void second.auth.withToken(second.api.listSessions)
    await flushPromises()
    expect(second.names()).toEqual(['me', 'listSessions'])
    expect(second.call('listSessions').input).toBe('token 1')
  })

  test('two tabs that renew at the same time end with the same tokens', async () => {
    const harness = createAuthHarness()
    const [first, second] = [harness.openSignedIn(), harness.open()]
    void first.auth.restore()
    void second.auth.restore()
    await flushPromises()
    for (const tab of [first, second]) await tab.call('me').refuse('TOKEN_EXPIRED')
    for (const tab of [first, second]) await tab.call('renew').respond(tokenPair(1))
    for (const tab of [first, second]) await tab.call('me', 2).respond(alice.member)
    expect([first.status(), second.status()]).toEqual(['signedIn', 'signedIn'])
    expect([...first.names(), ...second.names()]).not.toContain('logout')
  })

  test('a sign-out in one tab signs out another when it is shown', async () => {
    const harness = createAuthHarness()
    const [first, second] = [harness.openSignedIn(), harness.open()]
    first.auth.signOut()
    await second.auth.restore()
    expect(second.status()).toBe('guest')
    expect(second.calls).toEqual([])
  })

  test('a sign-out in one tab wins over a renewal in flight in another', async () => {
    const harness = createAuthHarness()
    const [first, second] = [harness.openSignedIn(), harness.open()]
    void second.auth.restore()
    await flushPromises()
    await second.call('me').refuse('TOKEN_EXPIRED')
    first.auth.signOut()
    await second.call('renew').respond(tokenPair(1))
    expect(second.status()).toBe('guest')
    expect(harness.open().tokens.isSignedOut()).toBe(true)
  })

  test('a sign-out in one tab stops another from renewing', async () => {
    const harness = createAuthHarness()
    const [first, second] = [harness.openSignedIn(), harness.open()]
    harness.advance(alice.expiresInSeconds * 1000)
    first.auth.signOut()
    await expect(second.auth.withToken(second.api.listSessions)).rejects.toBeInstanceOf(NotLoggedInError)
    expect(second.calls).toEqual([])
    expect(second.status()).toBe('guest')
  })

  test('a rejected call restores no session that another tab cleared', async () => {
    const harness = createAuthHarness()
    const [first, second] = [harness.openSignedIn(), harness.open()]
    const pending = second.auth.withToken(second.api.listSessions)
    await flushPromises()
    first.tokens.clear()
    await second.call('listSessions').refuse('TOKEN_INVALID')
    await expect(pending).rejects.toThrow('refused')
    expect(second.names()).toEqual(['listSessions'])
  })

  test('a sign-in in one tab survives a rejected renewal in another', async () => {
    const harness = createAuthHarness()
    const [first, second] = [harness.openSignedIn(), harness.open()]
    void second.auth.restore()
    await flushPromises()
    await second.call('me').refuse('TOKEN_EXPIRED')
    first.auth.signIn(loginOutput(7))
    await second.call('renew').refuse('MEMBER_UNKNOWN', { retry: 'new-phone-tap' })
    expect(second.call('me', 2).input).toBe('token 7')
    await second.call('me', 2).respond(alice.member)
    expect([second.status(), harness.open().status()]).toEqual(['signedIn', 'restoring'])
  })

  test('a sign-in in one tab signs in another when it is shown', async () => {
    const harness = createAuthHarness()
    const [first, second] = [harness.open(), harness.open()]
    first.auth.signIn(loginOutput(1))
    void second.auth.restore()
    await flushPromises()
    await second.call('me').respond(alice.member)
    expect(second.status()).toBe('signedIn')
  })
})

describe('token storage', () => {
  const full = (storage: ReturnType<typeof createAuthHarness>['storage']) => ({
    ...storage,
    write: () => {
      throw new Error('storage is full')
    },
  })

  test('a full storage does not bring old tokens back', async () => {
    const harness = createAuthHarness()
    const { auth, api, call, tokens } = harness.openSignedIn(full(harness.storage))
    void auth.restore()
    await flushPromises()
    await call('me').refuse('TOKEN_EXPIRED')
    await call('renew').respond(tokenPair(1))
    await call('me', 2).respond(alice.member)
    harness.advance(alice.expiresInSeconds * 1000)
    void auth.withToken(api.listSessions)
    await flushPromises()
    expect(call('renew', 2).input).toEqual({ refreshToken: 'refresh token 1' })
    expect(tokens.get()?.token).toBe('token 1')
  })

  test.each(['{"token":"half', '{"token":1,"refreshToken":2}', '[]', 'null', '"left"'])(
    'the stored text %s counts as no tokens',
    async (text) => {
      const harness = createAuthHarness()
      harness.stored.set('kinpass.session', text)
      const { auth, call } = harness.open()
      expect(auth.get()).toEqual({ status: 'guest' })
      void auth.restore()
      await flushPromises()
      expect(call('resume').input).toEqual({ code: 'login code 1' })
    },
  )
})
