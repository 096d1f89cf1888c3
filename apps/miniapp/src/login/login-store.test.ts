import { describe, expect, test } from 'vitest'
import type { Trouble } from '../errors/app-error.ts'
import { alice, createLoginWorld, settled } from './_login-harness.ts'
import { leavingMs, tapLockMs, welcomeMs } from './login-store.ts'

const spent: Trouble = { at: 'server', is: 'LOGIN_CODE_SPENT', retry: 'new-login-code' }
const offline: Trouble = { at: 'network', is: 'offline' }

test('a guest sees no popup until something opens it', () => {
  expect(createLoginWorld().login.get()).toEqual({ sheet: 'closed' })
})

test('alice taps, allows, and is in', async () => {
  const { login, calls, entered, phase, allow, pass } = createLoginWorld()
  await allow()
  expect(phase()).toEqual({ is: 'entering' })
  expect(calls[0]?.input).toEqual({ code: 'login code 1', phoneCode: 'phone code 1' })
  calls[0]?.answer(alice)
  await settled()
  expect(entered).toEqual([alice])
  expect(phase()).toEqual({ is: 'welcome', nickName: '好柿开花8915', isNew: true })
  pass(welcomeMs)
  expect(login.get().sheet).toBe('leaving')
  pass(leavingMs)
  expect(login.get()).toEqual({ sheet: 'closed' })
})

describe('what comes afterwards', () => {
  test('happens once the popup is gone', async () => {
    const { login, calls, allow, pass } = createLoginWorld()
    let visits = 0
    login.open('visit', () => visits++)
    await allow()
    calls[0]?.answer(alice)
    await settled()
    pass(welcomeMs)
    expect(visits).toBe(0)
    pass(leavingMs)
    expect(visits).toBe(1)
  })

  test('happens at once for a member', () => {
    const { login, who } = createLoginWorld()
    who.set({ is: 'member', member: alice.member })
    let visits = 0
    login.open('visit', () => visits++)
    expect(visits).toBe(1)
    expect(login.get()).toEqual({ sheet: 'closed' })
  })

  test('does not happen to somebody who says not now', () => {
    const { login, pass } = createLoginWorld()
    let visits = 0
    login.open('visit', () => visits++)
    login.dismiss()
    pass(leavingMs)
    expect(login.get()).toEqual({ sheet: 'closed' })
    expect(visits).toBe(0)
  })
})

describe('the tap lock', () => {
  test('holds while WeChat’s sheet comes up, and lets go if it never does', () => {
    const { login, phase, pass } = createLoginWorld()
    login.open('account')
    login.tapped()
    expect(phase()).toEqual({ is: 'asking' })
    pass(tapLockMs - 1)
    expect(phase()).toEqual({ is: 'asking' })
    pass(1)
    expect(phase()).toEqual({ is: 'inviting' })
  })

  test('the second half of a double tap logs nobody in twice', async () => {
    const { login, calls, allow } = createLoginWorld()
    await allow()
    login.answered({ is: 'allowed', phoneCode: 'phone code 2' })
    await settled()
    expect(calls).toHaveLength(1)
  })

  test('an answer that comes after the lock still counts', async () => {
    const { login, calls, pass } = createLoginWorld()
    login.open('account')
    login.tapped()
    pass(90_000)
    login.answered({ is: 'allowed', phoneCode: 'phone code 1' })
    await settled()
    expect(calls).toHaveLength(1)
  })
})

describe('a member whom the session finds by itself', () => {
  const greeting = { is: 'welcome', nickName: alice.nickName, isNew: false }

  test('is welcomed by the open popup, and goes on', () => {
    const { login, who, phase, pass } = createLoginWorld()
    let visits = 0
    login.open('visit', () => visits++)
    who.set({ is: 'member', member: alice.member })
    expect(phase()).toEqual(greeting)
    pass(welcomeMs)
    pass(leavingMs)
    expect(visits).toBe(1)
  })

  test('is looked for again when the popup opens after a bad network', () => {
    const { login, who, resumptions, pass } = createLoginWorld()
    login.open('visit')
    login.dismiss()
    pass(leavingMs)
    expect(resumptions()).toBe(0)
    who.set({ is: 'unreached', trouble: offline })
    login.open('visit')
    expect(resumptions()).toBe(1)
  })

  test('while WeChat’s sheet is up spends no phone code', async () => {
    const { login, who, calls, phase } = createLoginWorld()
    login.open('visit')
    login.tapped()
    who.set({ is: 'member', member: alice.member })
    expect(phase()).toEqual({ is: 'asking' })
    login.answered({ is: 'allowed', phoneCode: 'phone code 1' })
    await settled()
    expect(calls).toEqual([])
    expect(phase()).toEqual(greeting)
  })
})

describe('consent that WeChat leaves to the app', () => {
  function createConsentWorld() {
    const world = createLoginWorld()
    const answers: boolean[] = []
    world.login.open('account')
    world.login.tapped()
    world.login.askConsent((agrees) => answers.push(agrees))
    return { ...world, answers }
  }

  test('is asked for, and given by a tap', async () => {
    const { login, calls, answers, phase } = createConsentWorld()
    expect(phase()).toEqual({ is: 'consenting' })
    expect(answers).toEqual([])
    login.agreed()
    login.agreed()
    expect(answers).toEqual([true])
    expect(phase()).toEqual({ is: 'asking' })
    login.answered({ is: 'allowed', phoneCode: 'phone code 1' })
    await settled()
    expect(calls).toHaveLength(1)
  })

  test('waits for the person longer than the tap lock', () => {
    const { phase, pass } = createConsentWorld()
    pass(60_000)
    expect(phase()).toEqual({ is: 'consenting' })
  })

  test('is not given by not now', () => {
    const { login, answers } = createConsentWorld()
    login.dismiss()
    expect(answers).toEqual([false])
  })

  test('is not given where nobody can be asked', () => {
    const { login } = createLoginWorld()
    const answers: boolean[] = []
    login.askConsent((agrees) => answers.push(agrees))
    expect(answers).toEqual([false])
  })
})

describe('not now', () => {
  test('undoes a login that succeeds all the same', async () => {
    const { login, calls, entered, turnedDown, allow, pass } = createLoginWorld()
    await allow()
    login.dismiss()
    pass(leavingMs)
    calls[0]?.answer(alice)
    await settled()
    expect(entered).toEqual([])
    expect(turnedDown).toEqual([alice])
    expect(login.get()).toEqual({ sheet: 'closed' })
  })

  test('sends nothing for somebody who left before the login code came', async () => {
    const { login, calls, phase, pass, allow } = createLoginWorld()
    login.open('account')
    login.tapped()
    login.answered({ is: 'allowed', phoneCode: 'phone code 1' })
    login.dismiss()
    await settled()
    expect(calls).toEqual([])
    pass(leavingMs)
    await allow('phone code 2')
    expect(calls[0]?.input.phoneCode).toBe('phone code 2')
    expect(phase()).toEqual({ is: 'entering' })
  })

  test('a late refusal of the try before does not disturb the next one', async () => {
    const { login, calls, allow, pass } = createLoginWorld()
    await allow()
    login.dismiss()
    pass(leavingMs)
    await allow('phone code 2')
    calls[0]?.fail(spent)
    await settled()
    calls[1]?.fail(offline)
    await settled()
    login.sendAgain()
    await settled()
    expect(calls[2]?.input).toEqual(calls[1]?.input)
  })

  test('tries no second code for somebody who is gone', async () => {
    const { login, calls, allow } = createLoginWorld()
    await allow()
    login.dismiss()
    calls[0]?.fail(spent)
    await settled()
    expect(calls).toHaveLength(1)
  })

  test('the next try begins with fresh codes, and the late answer of the one before is undone', async () => {
    const { login, calls, entered, turnedDown, phase, allow, pass } = createLoginWorld()
    await allow()
    login.dismiss()
    pass(leavingMs)
    await allow('phone code 2')
    expect(calls[1]?.input).toEqual({ code: 'login code 2', phoneCode: 'phone code 2' })
    calls[0]?.answer(alice)
    await settled()
    expect(turnedDown).toEqual([alice])
    expect(phase()).toEqual({ is: 'entering' })
    calls[1]?.answer(alice)
    await settled()
    expect(entered).toEqual([alice])
  })

  test('WeChat’s answer after the popup closed changes nothing', async () => {
    const { login, calls, pass } = createLoginWorld()
    login.open('account')
    login.tapped()
    login.dismiss()
    pass(leavingMs)
    login.answered({ is: 'allowed', phoneCode: 'phone code 1' })
    await settled()
    expect(calls).toEqual([])
    expect(login.get()).toEqual({ sheet: 'closed' })
  })
})

describe('troubles', () => {
  test('a refusal is told, and the button is offered again', () => {
    const { login, phase } = createLoginWorld()
    login.open('account')
    login.tapped()
    login.answered({ is: 'stopped', by: 'refused' })
    expect(phase()).toEqual({ is: 'stopped', trouble: { at: 'phone', is: 'refused' }, next: { do: 'tap' } })
  })

  test('a lost network keeps the phone code: the same request goes out again', async () => {
    const { login, calls, phase, allow } = createLoginWorld()
    await allow()
    calls[0]?.fail(offline)
    await settled()
    expect(phase()).toEqual({ is: 'stopped', trouble: offline, next: { do: 'send' } })
    login.sendAgain()
    await settled()
    expect(calls[1]?.input).toEqual(calls[0]?.input)
  })

  test('the same request goes out again even when its login code is older than four minutes', async () => {
    const { login, calls, allow, pass } = createLoginWorld()
    login.open('account')
    pass(4 * 60_000 - 1)
    await allow()
    calls[0]?.fail(offline)
    await settled()
    pass(20_000)
    login.sendAgain()
    await settled()
    expect(calls[1]?.input).toEqual(calls[0]?.input)
  })

  test('a phone code that grew old asks for another tap instead', async () => {
    const { login, calls, phase, allow, pass } = createLoginWorld()
    await allow()
    calls[0]?.fail(offline)
    await settled()
    pass(5 * 60_000)
    login.sendAgain()
    expect(phase()).toEqual({ is: 'inviting' })
    expect(calls).toHaveLength(1)
  })

  test('a spent login code is replaced once, unseen', async () => {
    const { login, calls, phase, allow } = createLoginWorld()
    await allow()
    calls[0]?.fail(spent)
    await settled()
    expect(calls[1]?.input).toEqual({ code: 'login code 2', phoneCode: 'phone code 1' })
    expect(phase()).toEqual({ is: 'entering' })
    calls[1]?.fail(spent)
    await settled()
    expect(calls).toHaveLength(2)
    expect(phase()).toEqual({ is: 'stopped', trouble: spent, next: { do: 'send' } })
    login.sendAgain()
    await settled()
    expect(calls[2]?.input).toEqual({ code: 'login code 3', phoneCode: 'phone code 1' })
  })

  test('a busy server is left alone for as long as it asks', async () => {
    const { login, calls, phase, allow, pass } = createLoginWorld()
    await allow()
    const busy: Trouble = { at: 'server', is: 'RATE_LIMITED', retry: { afterMs: 10_000 } }
    calls[0]?.fail(busy)
    await settled()
    expect(phase()).toEqual({ is: 'stopped', trouble: busy, next: { do: 'wait', ms: 10_000 } })
    login.sendAgain()
    await settled()
    expect(calls).toHaveLength(1)
    pass(10_000)
    expect(phase()).toEqual({ is: 'stopped', trouble: busy, next: { do: 'send' } })
  })

  test('a phone code that the server refuses is never sent again', async () => {
    const { calls, phase, allow } = createLoginWorld()
    await allow()
    calls[0]?.fail({ at: 'server', is: 'PHONE_CODE_INVALID', retry: 'new-phone-tap' })
    await settled()
    expect(phase()).toMatchObject({ is: 'stopped', next: { do: 'tap' } })
    await allow('phone code 2')
    expect(calls[1]?.input).toEqual({ code: 'login code 2', phoneCode: 'phone code 2' })
  })
})

test('the login code is taken and exchanged when the popup opens, before anybody taps', async () => {
  const { login, codesTaken, prepared, allow } = createLoginWorld()
  login.open('account')
  await settled()
  expect(codesTaken()).toBe(1)
  expect(prepared).toEqual(['login code 1'])
  await allow()
  expect(codesTaken()).toBe(1)
})

test('a login code older than four minutes is taken anew', async () => {
  const { login, calls, prepared, allow, pass } = createLoginWorld()
  login.open('account')
  await settled()
  pass(4 * 60_000 + 1)
  await allow()
  expect(calls[0]?.input.code).toBe('login code 2')
  expect(prepared).toEqual(['login code 1', 'login code 2'])
})
