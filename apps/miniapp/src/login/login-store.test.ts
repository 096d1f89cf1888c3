import { describe, expect, test } from 'vitest'
import { alice } from '../auth/_auth-harness.ts'
import type { AppError } from '../errors/app-error.ts'
import { flushPromises } from '../lib/_fake-timers.ts'
import { createLoginHarness } from './_login-harness.ts'
import { CLOSING_MS, TAP_LOCK_MS, WELCOME_MS } from './login-store.ts'

const spent: AppError = { source: 'server', reason: 'LOGIN_CODE_SPENT', retry: 'new-login-code' }
const offline: AppError = { source: 'network', reason: 'offline' }

test('the popup is closed until it is opened', () => {
  expect(createLoginHarness().login.get()).toEqual({ sheet: 'closed' })
})

test('alice taps, allows her phone number and is signed in', async () => {
  const { login, calls, signedIn, phase, allow, advance } = createLoginHarness()
  await allow()
  expect(phase()).toEqual({ status: 'submitting' })
  expect(calls[0]?.input).toEqual({ code: 'login code 1', phoneCode: 'phone code 1' })
  calls[0]?.respond(alice)
  await flushPromises()
  expect(signedIn).toEqual([alice])
  expect(phase()).toEqual({ status: 'success', nickName: '好柿开花8915', isNew: true })
  advance(WELCOME_MS)
  expect(login.get().sheet).toBe('closing')
  advance(CLOSING_MS)
  expect(login.get()).toEqual({ sheet: 'closed' })
})

describe('onSuccess', () => {
  test('onSuccess runs when the popup is closed', async () => {
    const { login, calls, allow, advance } = createLoginHarness()
    let visits = 0
    login.open('visit', () => visits++)
    await allow()
    calls[0]?.respond(alice)
    await flushPromises()
    advance(WELCOME_MS)
    expect(visits).toBe(0)
    advance(CLOSING_MS)
    expect(visits).toBe(1)
  })

  test('onSuccess runs at once for a signed-in member', () => {
    const { login, auth } = createLoginHarness()
    auth.set({ status: 'signedIn', member: alice.member })
    let visits = 0
    login.open('visit', () => visits++)
    expect(visits).toBe(1)
    expect(login.get()).toEqual({ sheet: 'closed' })
  })

  test('onSuccess does not run after a dismissal', () => {
    const { login, advance } = createLoginHarness()
    let visits = 0
    login.open('visit', () => visits++)
    login.dismiss()
    advance(CLOSING_MS)
    expect(login.get()).toEqual({ sheet: 'closed' })
    expect(visits).toBe(0)
  })
})

describe('the tap lock', () => {
  test('the tap lock ends when WeChat’s sheet does not open', () => {
    const { login, phase, advance } = createLoginHarness()
    login.open('account')
    login.handleTap()
    expect(phase()).toEqual({ status: 'prompting' })
    advance(TAP_LOCK_MS - 1)
    expect(phase()).toEqual({ status: 'prompting' })
    advance(1)
    expect(phase()).toEqual({ status: 'idle' })
  })

  test('a double tap sends one login', async () => {
    const { login, calls, allow } = createLoginHarness()
    await allow()
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 2' })
    await flushPromises()
    expect(calls).toHaveLength(1)
  })

  test('a phone result after the tap lock is accepted', async () => {
    const { login, calls, advance } = createLoginHarness()
    login.open('account')
    login.handleTap()
    advance(90_000)
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    await flushPromises()
    expect(calls).toHaveLength(1)
  })
})

describe('a member who is restored while the popup is open', () => {
  const success = { status: 'success', nickName: alice.nickName, isNew: false }

  test('a restored member is welcomed by the open popup, and onSuccess runs', () => {
    const { login, auth, phase, advance } = createLoginHarness()
    let visits = 0
    login.open('visit', () => visits++)
    auth.set({ status: 'signedIn', member: alice.member })
    expect(phase()).toEqual(success)
    advance(WELCOME_MS)
    advance(CLOSING_MS)
    expect(visits).toBe(1)
  })

  test('opening the popup restores again after a network error', () => {
    const { login, auth, restores, advance } = createLoginHarness()
    login.open('visit')
    login.dismiss()
    advance(CLOSING_MS)
    expect(restores()).toBe(0)
    auth.set({ status: 'unknown', error: offline })
    login.open('visit')
    expect(restores()).toBe(1)
  })

  test('a member who is restored while WeChat’s sheet is up spends no phone code', async () => {
    const { login, auth, calls, phase } = createLoginHarness()
    login.open('visit')
    login.handleTap()
    auth.set({ status: 'signedIn', member: alice.member })
    expect(phase()).toEqual({ status: 'prompting' })
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    await flushPromises()
    expect(calls).toEqual([])
    expect(phase()).toEqual(success)
  })
})

describe('privacy consent', () => {
  function createConsentHarness() {
    const harness = createLoginHarness()
    const replies: boolean[] = []
    harness.login.open('account')
    harness.login.handleTap()
    harness.login.requestConsent((agrees) => replies.push(agrees))
    return { ...harness, replies }
  }

  test('consent is requested and granted by one tap', async () => {
    const { login, calls, replies, phase } = createConsentHarness()
    expect(phase()).toEqual({ status: 'consent' })
    expect(replies).toEqual([])
    login.grantConsent()
    login.grantConsent()
    expect(replies).toEqual([true])
    expect(phase()).toEqual({ status: 'prompting' })
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    await flushPromises()
    expect(calls).toHaveLength(1)
  })

  test('the consent phase outlasts the tap lock', () => {
    const { phase, advance } = createConsentHarness()
    advance(60_000)
    expect(phase()).toEqual({ status: 'consent' })
  })

  test('a dismissal refuses consent', () => {
    const { login, replies } = createConsentHarness()
    login.dismiss()
    expect(replies).toEqual([false])
  })

  test('consent is refused while the popup is closed', () => {
    const { login } = createLoginHarness()
    const replies: boolean[] = []
    login.requestConsent((agrees) => replies.push(agrees))
    expect(replies).toEqual([false])
  })
})

describe('dismissal', () => {
  test('a login that succeeds after the dismissal is discarded', async () => {
    const { login, calls, signedIn, discarded, allow, advance } = createLoginHarness()
    await allow()
    login.dismiss()
    advance(CLOSING_MS)
    calls[0]?.respond(alice)
    await flushPromises()
    expect(signedIn).toEqual([])
    expect(discarded).toEqual([alice])
    expect(login.get()).toEqual({ sheet: 'closed' })
  })

  test('no login is sent when the popup is dismissed before the login code arrives', async () => {
    const { login, calls, phase, advance, allow } = createLoginHarness()
    login.open('account')
    login.handleTap()
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    login.dismiss()
    await flushPromises()
    expect(calls).toEqual([])
    advance(CLOSING_MS)
    await allow('phone code 2')
    expect(calls[0]?.input.phoneCode).toBe('phone code 2')
    expect(phase()).toEqual({ status: 'submitting' })
  })

  test('a late failure of a dismissed attempt does not affect the next one', async () => {
    const { login, calls, allow, advance } = createLoginHarness()
    await allow()
    login.dismiss()
    advance(CLOSING_MS)
    await allow('phone code 2')
    calls[0]?.fail(spent)
    await flushPromises()
    calls[1]?.fail(offline)
    await flushPromises()
    login.retry()
    await flushPromises()
    expect(calls[2]?.input).toEqual(calls[1]?.input)
  })

  test('a dismissed attempt tries no second login code', async () => {
    const { login, calls, allow } = createLoginHarness()
    await allow()
    login.dismiss()
    calls[0]?.fail(spent)
    await flushPromises()
    expect(calls).toHaveLength(1)
  })

  test('the next attempt starts with fresh codes, and the late response of the dismissed one is discarded', async () => {
    const { login, calls, signedIn, discarded, phase, allow, advance } = createLoginHarness()
    await allow()
    login.dismiss()
    advance(CLOSING_MS)
    await allow('phone code 2')
    expect(calls[1]?.input).toEqual({ code: 'login code 2', phoneCode: 'phone code 2' })
    calls[0]?.respond(alice)
    await flushPromises()
    expect(discarded).toEqual([alice])
    expect(phase()).toEqual({ status: 'submitting' })
    calls[1]?.respond(alice)
    await flushPromises()
    expect(signedIn).toEqual([alice])
  })

  test('a phone result after the popup is closed is ignored', async () => {
    const { login, calls, advance } = createLoginHarness()
    login.open('account')
    login.handleTap()
    login.dismiss()
    advance(CLOSING_MS)
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    await flushPromises()
    expect(calls).toEqual([])
    expect(login.get()).toEqual({ sheet: 'closed' })
  })
})

describe('errors', () => {
  test('a refused phone number shows the error and offers another tap', () => {
    const { login, phase } = createLoginHarness()
    login.open('account')
    login.handleTap()
    login.handlePhoneResult({ type: 'failed', reason: 'refused' })
    expect(phase()).toEqual({
      status: 'failed',
      error: { source: 'phone', reason: 'refused' },
      recovery: { action: 'tap' },
    })
  })

  test('a network error keeps the phone code: a retry sends the same request', async () => {
    const { login, calls, phase, allow } = createLoginHarness()
    await allow()
    calls[0]?.fail(offline)
    await flushPromises()
    expect(phase()).toEqual({ status: 'failed', error: offline, recovery: { action: 'retry' } })
    login.retry()
    await flushPromises()
    expect(calls[1]?.input).toEqual(calls[0]?.input)
  })

  test('a retry sends the same request even when its login code is older than four minutes', async () => {
    const { login, calls, allow, advance } = createLoginHarness()
    login.open('account')
    advance(4 * 60_000 - 1)
    await allow()
    calls[0]?.fail(offline)
    await flushPromises()
    advance(20_000)
    login.retry()
    await flushPromises()
    expect(calls[1]?.input).toEqual(calls[0]?.input)
  })

  test('a retry with an expired phone code asks for another tap', async () => {
    const { login, calls, phase, allow, advance } = createLoginHarness()
    await allow()
    calls[0]?.fail(offline)
    await flushPromises()
    advance(5 * 60_000)
    login.retry()
    expect(phase()).toEqual({ status: 'idle' })
    expect(calls).toHaveLength(1)
  })

  test('a spent login code is replaced once, without an error', async () => {
    const { login, calls, phase, allow } = createLoginHarness()
    await allow()
    calls[0]?.fail(spent)
    await flushPromises()
    expect(calls[1]?.input).toEqual({ code: 'login code 2', phoneCode: 'phone code 1' })
    expect(phase()).toEqual({ status: 'submitting' })
    calls[1]?.fail(spent)
    await flushPromises()
    expect(calls).toHaveLength(2)
    expect(phase()).toEqual({ status: 'failed', error: spent, recovery: { action: 'retry' } })
    login.retry()
    await flushPromises()
    expect(calls[2]?.input).toEqual({ code: 'login code 3', phoneCode: 'phone code 1' })
  })

  test('a retry is possible after the wait that the server advises', async () => {
    const { login, calls, phase, allow, advance } = createLoginHarness()
    await allow()
    const busy: AppError = { source: 'server', reason: 'RATE_LIMITED', retry: { afterMs: 10_000 } }
    calls[0]?.fail(busy)
    await flushPromises()
    expect(phase()).toEqual({ status: 'failed', error: busy, recovery: { action: 'wait', ms: 10_000 } })
    login.retry()
    await flushPromises()
    expect(calls).toHaveLength(1)
    advance(10_000)
    expect(phase()).toEqual({ status: 'failed', error: busy, recovery: { action: 'retry' } })
  })

  test('a phone code that the server rejects is never sent again', async () => {
    const { calls, phase, allow } = createLoginHarness()
    await allow()
    calls[0]?.fail({ source: 'server', reason: 'PHONE_CODE_INVALID', retry: 'new-phone-tap' })
    await flushPromises()
    expect(phase()).toMatchObject({ status: 'failed', recovery: { action: 'tap' } })
    await allow('phone code 2')
    expect(calls[1]?.input).toEqual({ code: 'login code 2', phoneCode: 'phone code 2' })
  })
})

test('opening the popup prefetches the login code', async () => {
  const { login, fetchedCodes, prepared, allow } = createLoginHarness()
  login.open('account')
  await flushPromises()
  expect(fetchedCodes()).toBe(1)
  expect(prepared).toEqual(['login code 1'])
  await allow()
  expect(fetchedCodes()).toBe(1)
})

test('a login code older than four minutes is fetched again', async () => {
  const { login, calls, prepared, allow, advance } = createLoginHarness()
  login.open('account')
  await flushPromises()
  advance(4 * 60_000 + 1)
  await allow()
  expect(calls[0]?.input.code).toBe('login code 2')
  expect(prepared).toEqual(['login code 1', 'login code 2'])
})
