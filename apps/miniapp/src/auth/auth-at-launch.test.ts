import { describe, expect, test } from 'vitest'
import { alice, settled } from '../login/_login-harness.ts'
import { createSessionWorld, loginOf } from './_auth-harness.ts'

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
