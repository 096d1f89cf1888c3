import type { LoginInput, LoginOutput } from '@kinpass/contracts'
import type { Trouble } from '../api/trouble.ts'
import { createChangeable, type Observed } from '../observed.ts'
import type { LoginCodes } from './login-code.ts'
import { type NextStep, nextStepAfter } from './next-step.ts'
import type { PhoneOutcome } from './phone-outcome.ts'

/** What the person was about to do when the login came up. */
export type LoginReason = 'visit' | 'greet' | 'account'

/** The popup, as one value: what cannot be, cannot be written. */
export type LoginState =
  | { readonly sheet: 'closed' }
  | { readonly sheet: 'open' | 'leaving'; readonly reason: LoginReason; readonly phase: LoginPhase }

export type LoginPhase =
  | { readonly is: 'inviting' }
  /** WeChat's own sheet is up, or about to be. */
  | { readonly is: 'asking' }
  | { readonly is: 'entering' }
  | { readonly is: 'stopped'; readonly trouble: Trouble; readonly next: NextStep }
  | { readonly is: 'welcome'; readonly nickName: string; readonly isNew: boolean }

export interface Login extends Observed<LoginState> {
  /** Opens the popup; `afterwards` runs once the person is in and the popup is gone. */
  readonly open: (reason: LoginReason, afterwards?: () => void) => void
  /** "Not now", the mask, or the end of the welcome. Whatever is under way is given up. */
  readonly dismiss: () => void
  /** The phone button was tapped. */
  readonly tapped: () => void
  /** WeChat's sheet was answered. */
  readonly answered: (outcome: PhoneOutcome) => void
  readonly sendAgain: () => void
}

export interface LoginParts {
  readonly codes: LoginCodes
  readonly login: (input: LoginInput, signal: AbortSignal) => Promise<LoginOutput>
  /** Called with the answer of a login that nobody gave up. */
  readonly enter: (answer: LoginOutput) => void
  readonly troubleOf: (error: unknown) => Trouble
  readonly clock: () => number
  /** `setTimeout`, as a function that returns its undoing. */
  readonly later: (ms: number, deed: () => void) => () => void
}

/** A second tap within this time is a slip of the finger. Later, WeChat's sheet is up, or never came. */
export const tapLockMs = 1_500
export const welcomeMs = 1_800
/** As long as the stylesheet lets the sheet slide out. */
export const leavingMs = 260
const phoneCodeGoodForMs = 4.5 * 60_000

export function createLogin({ codes, login, enter, troubleOf, clock, later }: LoginParts): Login {
  const state = createChangeable<LoginState>({ sheet: 'closed' })
  let afterwards: (() => void) | undefined
  let phone: { code: string; since: number } | undefined
  let underWay: AbortController | undefined
  let undoTimer = () => {}

  /** The open popup's phase, and nothing while it is closed or leaving: late answers find no one. */
  function phaseNow(): LoginPhase | undefined {
    const now = state.get()
    return now.sheet === 'open' ? now.phase : undefined
  }

  /** @param timer what happens by itself while the phase lasts */
  function turn(phase: LoginPhase, timer?: { ms: number; deed: () => void }) {
    const now = state.get()
    if (now.sheet !== 'open') return
    undoTimer()
    undoTimer = timer ? later(timer.ms, timer.deed) : () => {}
    state.set({ ...now, phase })
  }

  function stop(trouble: Trouble) {
    const next = nextStepAfter(trouble)
    const offerAgain = () => turn({ is: 'stopped', trouble, next: { do: 'send' } })
    turn({ is: 'stopped', trouble, next }, next.do === 'wait' ? { ms: next.ms, deed: offerAgain } : undefined)
  }

  async function send(phoneCode: string) {
    const attempt = new AbortController()
    underWay = attempt
    turn({ is: 'entering' })
    try {
      const answer = await loginWithFreshCode(phoneCode, attempt.signal)
      if (attempt.signal.aborted) return
      forgetCodes()
      enter(answer)
      turn(
        { is: 'welcome', nickName: answer.nickName, isNew: answer.isNew },
        { ms: welcomeMs, deed: dismiss },
      )
    } catch (error) {
      if (attempt.signal.aborted) return
      const trouble = troubleOf(error)
      if (nextStepAfter(trouble).do === 'tap') forgetCodes()
      stop(trouble)
    }
  }

  /** A spent login code is nobody's fault and nobody's business: one fresh code is tried before anyone hears of it. */
  async function loginWithFreshCode(phoneCode: string, signal: AbortSignal): Promise<LoginOutput> {
    try {
      return await login({ code: await codes.take(), phoneCode }, signal)
    } catch (error) {
      const trouble = troubleOf(error)
      if (signal.aborted || trouble.at !== 'server' || trouble.retry !== 'new-login-code') throw error
      codes.drop()
      return await login({ code: await codes.take(), phoneCode }, signal)
    }
  }

  function forgetCodes() {
    codes.drop()
    phone = undefined
  }

  function dismiss() {
    const now = state.get()
    if (now.sheet !== 'open') return
    undoTimer()
    underWay?.abort()
    const then = now.phase.is === 'welcome' ? afterwards : undefined
    afterwards = undefined
    state.set({ ...now, sheet: 'leaving' })
    later(leavingMs, () => {
      state.set({ sheet: 'closed' })
      then?.()
    })
  }

  return {
    get: state.get,
    watch: state.watch,
    open(reason, then) {
      if (state.get().sheet !== 'closed') return
      afterwards = then
      phone = undefined
      codes.prepare()
      state.set({ sheet: 'open', reason, phase: { is: 'inviting' } })
    },
    dismiss,
    tapped() {
      const phase = phaseNow()
      if (phase?.is !== 'inviting' && phase?.is !== 'stopped') return
      codes.prepare()
      turn({ is: 'asking' }, { ms: tapLockMs, deed: () => turn({ is: 'inviting' }) })
    },
    answered(outcome) {
      const phase = phaseNow()
      // While a login is under way, another answer is the second half of a double tap.
      if (phase === undefined || phase.is === 'entering' || phase.is === 'welcome') return
      if (outcome.is === 'stopped') return stop({ at: 'phone', is: outcome.by })
      phone = { code: outcome.phoneCode, since: clock() }
      void send(outcome.phoneCode)
    },
    sendAgain() {
      const phase = phaseNow()
      if (phase?.is !== 'stopped' || phase.next.do !== 'send') return
      if (phone === undefined || clock() - phone.since > phoneCodeGoodForMs) return turn({ is: 'inviting' })
      void send(phone.code)
    },
  }
}
