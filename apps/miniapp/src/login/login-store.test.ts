import { describe, expect, test } from 'vitest'
import { alice } from '../auth/_auth-harness.ts'
import type { AppError } from '../errors/app-error.ts'
import { flushPromises } from '../lib/_fake-timers.ts'
import { createLoginHarness } from './_login-harness.ts'
import { CLOSING_MS, TAP_LOCK_MS, WELCOME_MS } from './login-store.ts'

const spent: AppError = { source: 'server', reason: 'LOGIN_CODE_SPENT', retry: 'new-login-code' }
const offline: AppError = { source: 'network', reason: 'offline' }

test('a guest sees no popup until something opens it', () => {
  expect(createLoginHarness().login.get()).toEqual({ sheet: 'closed' })
})

test('alice taps, allows, and is in', async () => {
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

describe('what comes afterwards', () => {
  test('happens once the popup is gone', async () => {
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

  test('happens at once for a member', () => {
    const { login, auth } = createLoginHarness()
    auth.set({ status: 'signedIn', member: alice.member })
    let visits = 0
    login.open('visit', () => visits++)
    expect(visits).toBe(1)
    expect(login.get()).toEqual({ sheet: 'closed' })
  })

  test('does not happen to somebody auth says not now', () => {
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
  test('holds while WeChat’s sheet comes up, and lets go if it never does', () => {
    const { login, phase, advance } = createLoginHarness()
    login.open('account')
    login.handleTap()
    expect(phase()).toEqual({ status: 'prompting' })
    advance(TAP_LOCK_MS - 1)
    expect(phase()).toEqual({ status: 'prompting' })
    advance(1)
    expect(phase()).toEqual({ status: 'idle' })
  })

  test('the second half of a double tap logs nobody in twice', async () => {
    const { login, calls, allow } = createLoginHarness()
    await allow()
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 2' })
    await flushPromises()
    expect(calls).toHaveLength(1)
  })

  test('an answer that comes after the lock still counts', async () => {
    const { login, calls, advance } = createLoginHarness()
    login.open('account')
    login.handleTap()
    advance(90_000)
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    await flushPromises()
    expect(calls).toHaveLength(1)
  })
})

describe('a member whom the session finds by itself', () => {
  const greeting = { status: 'success', nickName: alice.nickName, isNew: false }

  test('is welcomed by the open popup, and goes on', () => {
    const { login, auth, phase, advance } = createLoginHarness()
    let visits = 0
    login.open('visit', () => visits++)
    auth.set({ status: 'signedIn', member: alice.member })
    expect(phase()).toEqual(greeting)
    advance(WELCOME_MS)
    advance(CLOSING_MS)
    expect(visits).toBe(1)
  })

  test('is looked for again when the popup opens after a bad network', () => {
    const { login, auth, restores, advance } = createLoginHarness()
    login.open('visit')
    login.dismiss()
    advance(CLOSING_MS)
    expect(restores()).toBe(0)
    auth.set({ status: 'unknown', error: offline })
    login.open('visit')
    expect(restores()).toBe(1)
  })

  test('while WeChat’s sheet is up spends no phone code', async () => {
    const { login, auth, calls, phase } = createLoginHarness()
    login.open('visit')
    login.handleTap()
    auth.set({ status: 'signedIn', member: alice.member })
    expect(phase()).toEqual({ status: 'prompting' })
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    await flushPromises()
    expect(calls).toEqual([])
    expect(phase()).toEqual(greeting)
  })
})

describe('consent that WeChat leaves to the app', () => {
  function createConsentWorld() {
    const harness = createLoginHarness()
    const answers: boolean[] = []
    harness.login.open('account')
    harness.login.handleTap()
    harness.login.requestConsent((agrees) => answers.push(agrees))
    return { ...harness, answers }
  }

  test('is asked for, and given by a tap', async () => {
    const { login, calls, answers, phase } = createConsentWorld()
    expect(phase()).toEqual({ status: 'consent' })
    expect(answers).toEqual([])
    login.grantConsent()
    login.grantConsent()
    expect(answers).toEqual([true])
    expect(phase()).toEqual({ status: 'prompting' })
    login.handlePhoneResult({ type: 'granted', phoneCode: 'phone code 1' })
    await flushPromises()
    expect(calls).toHaveLength(1)
  })

  test('waits for the person longer than the tap lock', () => {
    const { phase, advance } = createConsentWorld()
    advance(60_000)
    expect(phase()).toEqual({ status: 'consent' })
  })

  test('is not given by not now', () => {
    const { login, answers } = createConsentWorld()
    login.dismiss()
    expect(answers).toEqual([false])
  })

  test('is not given where nobody can be asked', () => {
    const { login } = createLoginHarness()
    const answers: boolean[] = []
    login.requestConsent((agrees) => answers.push(agrees))
    expect(answers).toEqual([false])
  })
})

describe('not now', () => {
  test('undoes a login that succeeds all the same', async () => {
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

  test('sends nothing for somebody auth left before the login code came', async () => {
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

  test('a late refusal of the try before does not disturb the next one', async () => {
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

  test('tries no second code for somebody auth is gone', async () => {
    const { login, calls, allow } = createLoginHarness()
    await allow()
    login.dismiss()
    calls[0]?.fail(spent)
    await flushPromises()
    expect(calls).toHaveLength(1)
  })

  test('the next try begins with fresh codes, and the late answer of the one before is undone', async () => {
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

  test('WeChat’s answer after the popup closed changes nothing', async () => {
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

describe('troubles', () => {
  test('a refusal is told, and the button is offered again', () => {
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

  test('a lost network keeps the phone code: the same request goes out again', async () => {
    const { login, calls, phase, allow } = createLoginHarness()
    await allow()
    calls[0]?.fail(offline)
    await flushPromises()
    expect(phase()).toEqual({ status: 'failed', error: offline, recovery: { action: 'retry' } })
    login.retry()
    await flushPromises()
    expect(calls[1]?.input).toEqual(calls[0]?.input)
  })

  test('the same request goes out again even when its login code is older than four minutes', async () => {
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

  test('a phone code that grew old asks for another tap instead', async () => {
    const { login, calls, phase, allow, advance } = createLoginHarness()
    await allow()
    calls[0]?.fail(offline)
    await flushPromises()
    advance(5 * 60_000)
    login.retry()
    expect(phase()).toEqual({ status: 'idle' })
    expect(calls).toHaveLength(1)
  })

  test('a spent login code is replaced once, unseen', async () => {
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

  test('a busy server is left alone for as long as it asks', async () => {
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

  test('a phone code that the server refuses is never sent again', async () => {
    const { calls, phase, allow } = createLoginHarness()
    await allow()
    calls[0]?.fail({ source: 'server', reason: 'PHONE_CODE_INVALID', retry: 'new-phone-tap' })
    await flushPromises()
    expect(phase()).toMatchObject({ status: 'failed', recovery: { action: 'tap' } })
    await allow('phone code 2')
    expect(calls[1]?.input).toEqual({ code: 'login code 2', phoneCode: 'phone code 2' })
  })
})

test('the login code is taken and exchanged when the popup opens, before anybody taps', async () => {
  const { login, fetchedCodes, prepared, allow } = createLoginHarness()
  login.open('account')
  await flushPromises()
  expect(fetchedCodes()).toBe(1)
  expect(prepared).toEqual(['login code 1'])
  await allow()
  expect(fetchedCodes()).toBe(1)
})

test('a login code older than four minutes is taken anew', async () => {
  const { login, calls, prepared, allow, advance } = createLoginHarness()
  login.open('account')
  await flushPromises()
  advance(4 * 60_000 + 1)
  await allow()
  expect(calls[0]?.input.code).toBe('login code 2')
  expect(prepared).toEqual(['login code 1', 'login code 2'])
})
