import { describe, expect, test } from 'vitest'
import { flushPromises } from '../lib/_fake-timers.ts'
import { alice, createAuthHarness, loginOutput } from './_auth-harness.ts'

const member = { status: 'signedIn', member: alice.member }

describe('restoring at launch', () => {
  test('stored tokens restore the member', async () => {
    const { auth, call } = createAuthHarness().openSignedIn()
    expect(auth.get()).toEqual({ status: 'restoring' })
    void auth.restore()
    await flushPromises()
    expect(call('me').input).toBe('token 0')
    await call('me').respond(alice.member)
    expect(auth.get()).toEqual(member)
  })

  test('a member without stored tokens is signed in with a login code', async () => {
    const { auth, call, tokens } = createAuthHarness().open()
    expect(auth.get()).toEqual({ status: 'guest' })
    void auth.restore()
    await flushPromises()
    expect(call('resume').input).toEqual({ code: 'login code 1' })
    await call('resume').respond(loginOutput(1))
    expect(auth.get()).toEqual(member)
    expect(tokens.get()?.token).toBe('token 1')
  })

  test('an unknown member stays a guest after one call', async () => {
    const { auth, call, names } = createAuthHarness().open()
    void auth.restore()
    await flushPromises()
    await call('resume').refuse('MEMBER_UNKNOWN')
    expect(auth.get()).toEqual({ status: 'guest' })
    await auth.restore()
    expect(names()).toEqual(['resume'])
  })

  test('the login code of an unknown member is reused by the login that follows', async () => {
    const { auth, call, codes, names } = createAuthHarness().open()
    void auth.restore()
    await flushPromises()
    await call('resume').refuse('MEMBER_UNKNOWN')
    codes.prefetch()
    expect(await codes.get()).toBe('login code 1')
    expect(names()).toEqual(['resume'])
  })

  test.each(['succeeds', 'is lost'])(
    'a login code is not reused after a resumption that %s',
    async (outcome) => {
      const { auth, call, codes } = createAuthHarness().open()
      void auth.restore()
      await flushPromises()
      if (outcome === 'succeeds') await call('resume').respond(loginOutput(1))
      else await call('resume').lose('timeout')
      expect(await codes.get()).toBe('login code 2')
    },
  )

  test('a guest without a network sees no error, and is restored when the app is shown again', async () => {
    const { auth, call } = createAuthHarness().open()
    void auth.restore()
    await flushPromises()
    await call('resume').lose()
    expect(auth.get()).toEqual({ status: 'guest' })
    void auth.restore()
    await flushPromises()
    await call('resume', 2).respond(loginOutput(1))
    expect(auth.get()).toEqual(member)
  })

  test('a network error keeps the tokens, and the member is restored when the app is shown again', async () => {
    const { auth, call, tokens } = createAuthHarness().openSignedIn()
    void auth.restore()
    await flushPromises()
    await call('me').lose()
    expect(auth.get()).toEqual({ status: 'unknown', error: { source: 'network', reason: 'offline' } })
    expect(tokens.get()?.token).toBe('token 0')
    void auth.restore()
    await flushPromises()
    await call('me', 2).respond(alice.member)
    expect(auth.get()).toEqual(member)
  })

  test('no call is made before restore', async () => {
    const { calls } = createAuthHarness().openSignedIn()
    await flushPromises()
    expect(calls).toEqual([])
  })

  test('concurrent restore and refresh share one call', async () => {
    const { auth, names } = createAuthHarness().openSignedIn()
    void auth.restore()
    void auth.restore()
    void auth.refresh()
    await flushPromises()
    expect(names()).toEqual(['me'])
  })
})
