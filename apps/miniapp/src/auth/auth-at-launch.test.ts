import { describe, expect, test } from 'vitest'
import { flushPromises } from '../lib/_fake-timers.ts'
import { alice, createAuthHarness, loginOutput } from './_auth-harness.ts'

const member = { status: 'signedIn', member: alice.member }

describe('at launch', () => {
  test('who has tokens from an earlier day is known again', async () => {
    const { auth, call } = createAuthHarness().openSignedIn()
    expect(auth.get()).toEqual({ status: 'restoring' })
    void auth.restore()
    await flushPromises()
    expect(call('me').input).toBe('token 0')
    await call('me').respond(alice.member)
    expect(auth.get()).toEqual(member)
  })

  test('a known member without tokens is in by a login code alone', async () => {
    const { auth, call, tokens } = createAuthHarness().open()
    expect(auth.get()).toEqual({ status: 'guest' })
    void auth.restore()
    await flushPromises()
    expect(call('resume').input).toEqual({ code: 'login code 1' })
    await call('resume').respond(loginOutput(1))
    expect(auth.get()).toEqual(member)
    expect(tokens.get()?.token).toBe('token 1')
  })

  test('a stranger stays a guest, and is asked for once', async () => {
    const { auth, call, names } = createAuthHarness().open()
    void auth.restore()
    await flushPromises()
    await call('resume').refuse('MEMBER_UNKNOWN')
    expect(auth.get()).toEqual({ status: 'guest' })
    await auth.restore()
    expect(names()).toEqual(['resume'])
  })

  test('a stranger’s login code is good for the login that follows, and needs no preparation', async () => {
    const { auth, call, codes, names } = createAuthHarness().open()
    void auth.restore()
    await flushPromises()
    await call('resume').refuse('MEMBER_UNKNOWN')
    codes.prefetch()
    expect(await codes.get()).toBe('login code 1')
    expect(names()).toEqual(['resume'])
  })

  test.each(['answered', 'lost'])(
    'a login code is not used twice when its resumption was %s',
    async (how) => {
      const { auth, call, codes } = createAuthHarness().open()
      void auth.restore()
      await flushPromises()
      if (how === 'answered') await call('resume').respond(loginOutput(1))
      else await call('resume').lose('timeout')
      expect(await codes.get()).toBe('login code 2')
    },
  )

  test('a guest without a network hears of no trouble, and is asked for when the app is shown again', async () => {
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

  test('a bad network logs nobody out, and the member is back when the app is shown again', async () => {
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

  test('nothing is asked before resume', async () => {
    const { calls } = createAuthHarness().openSignedIn()
    await flushPromises()
    expect(calls).toEqual([])
  })

  test('launch, show and a tap together ask once', async () => {
    const { auth, names } = createAuthHarness().openSignedIn()
    void auth.restore()
    void auth.restore()
    void auth.refresh()
    await flushPromises()
    expect(names()).toEqual(['me'])
  })
})
