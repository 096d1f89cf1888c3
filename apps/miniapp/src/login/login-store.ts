import type { LoginInput, LoginOutput } from '@kinpass/contracts'
import type { Session } from '../auth/auth-store.ts'
import type { LoginCodes } from '../auth/login-code-cache.ts'
import type { Trouble } from '../errors/app-error.ts'
import type { PhoneOutcome } from '../errors/phone-result.ts'
import { type NextStep, nextStepAfter } from '../errors/recovery.ts'
import type { Words } from '../i18n/messages.ts'
import { createChangeable, type Observed } from '../lib/store.ts'

/** The action that needs a login, named after its messages. */
export type LoginReason = keyof Words['login']['reasons']

/** The popup, as one value: what cannot be, cannot be written. */
export type LoginState =
  | { readonly sheet: 'closed' }
  | { readonly sheet: 'open' | 'leaving'; readonly reason: LoginReason; readonly phase: LoginPhase }

export type LoginPhase =
  | { readonly is: 'inviting' }
  /** WeChat's own sheet is up, or about to be. */
  | { readonly is: 'asking' }
  /** WeChat waits for consent to the privacy guide, and leaves the asking to the app. */
  | { readonly is: 'consenting' }
  | { readonly is: 'entering' }
  | { readonly is: 'stopped'; readonly trouble: Trouble; readonly next: NextStep }
  | { readonly is: 'welcome'; readonly nickName: string; readonly isNew: boolean }

export interface Login extends Observed<LoginState> {
  /** Opens the popup; `afterwards` runs once the person is in and the popup is gone, at once for a member. */
  readonly open: (reason: LoginReason, afterwards?: () => void) => void
  /** "Not now", the mask, or the end of the welcome. A login that is under way is undone. */
  readonly dismiss: () => void
  /** The phone button was tapped. */
  readonly tapped: () => void
  /** WeChat's sheet was answered. */
  readonly answered: (outcome: PhoneOutcome) => void
  readonly sendAgain: () => void
  /** WeChat holds the phone number back until it hears whether the person agrees. */
  readonly askConsent: (answer: (agrees: boolean) => void) => void
  /** The consent button was tapped. */
  readonly agreed: () => void
}

export interface LoginParts {
  readonly codes: LoginCodes
  readonly login: (input: LoginInput) => Promise<LoginOutput>
  readonly session: Pick<Session, 'get' | 'watch' | 'resume' | 'enter' | 'turnDown'>
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

export function createLogin({ codes, login, session, troubleOf, clock, later }: LoginParts): Login {
  const state = createChangeable<LoginState>({ sheet: 'closed' })
  let afterwards: (() => void) | undefined
  let phone: { readonly code: string; readonly since: number } | undefined
  /** The request whose answer may be lost. It goes out again as it was, and so costs nothing twice. */
  let sent: LoginInput | undefined
  /** The login that the person waits for. */
  let underWay: object | undefined
  let answerConsent: ((agrees: boolean) => void) | undefined
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

  function waitForWeChat() {
    const invite = () => greetMember() || turn({ is: 'inviting' })
    turn({ is: 'asking' }, { ms: tapLockMs, deed: invite })
  }

  function greet(nickName: string, isNew: boolean) {
    turn({ is: 'welcome', nickName, isNew }, { ms: welcomeMs, deed: dismiss })
  }

  /** The session may have found the member by itself while the popup was up. */
  function greetMember(): boolean {
    const who = session.get()
    if (who.is === 'member') greet(who.member.nickName, false)
    return who.is === 'member'
  }

  async function send(phoneCode: string) {
    const attempt = {}
    const isWanted = () => underWay === attempt
    underWay = attempt
    turn({ is: 'entering' })
    try {
      const answer = await loginWithFreshCode(phoneCode, isWanted)
      if (answer === undefined) return
      if (!isWanted()) return session.turnDown(answer)
      underWay = undefined
      forgetCodes()
      session.enter(answer)
      greet(answer.nickName, answer.isNew)
    } catch (error) {
      if (!isWanted()) return
      underWay = undefined
      if (isSpent(error)) forgetLoginCode()
      const trouble = troubleOf(error)
      if (nextStepAfter(trouble).do === 'tap') forgetCodes()
      stop(trouble)
    }
  }

  /** A spent login code is nobody's fault and nobody's business: one fresh code is tried before anyone hears of it. */
  async function loginWithFreshCode(phoneCode: string, isWanted: () => boolean) {
    try {
      return await request(phoneCode, isWanted)
    } catch (error) {
      if (!isWanted() || !isSpent(error)) throw error
      forgetLoginCode()
      return await request(phoneCode, isWanted)
    }
  }

  /** Sends nothing for somebody who left while the login code was on its way. */
  async function request(phoneCode: string, isWanted: () => boolean): Promise<LoginOutput | undefined> {
    const input = sent ?? { code: await codes.take(), phoneCode }
    if (!isWanted()) return undefined
    sent = input
    return await login(input)
  }

  function isSpent(error: unknown): boolean {
    const trouble = troubleOf(error)
    return trouble.at === 'server' && trouble.retry === 'new-login-code'
  }

  function forgetLoginCode() {
    codes.drop()
    sent = undefined
  }

  function forgetCodes() {
    forgetLoginCode()
    phone = undefined
  }

  function dismiss() {
    const now = state.get()
    if (now.sheet !== 'open') return
    undoTimer()
    if (sent) forgetCodes()
    underWay = undefined
    consent(false)
    const then = now.phase.is === 'welcome' ? afterwards : undefined
    afterwards = undefined
    state.set({ ...now, sheet: 'leaving' })
    later(leavingMs, () => {
      state.set({ sheet: 'closed' })
      then?.()
    })
  }

  function consent(agrees: boolean) {
    const answer = answerConsent
    answerConsent = undefined
    answer?.(agrees)
  }

  session.watch(() => {
    const phase = phaseNow()
    if (phase?.is === 'inviting' || phase?.is === 'stopped') greetMember()
  })

  return {
    get: state.get,
    watch: state.watch,
    open(reason, then) {
      if (state.get().sheet !== 'closed') return
      const who = session.get().is
      if (who === 'member') return then?.()
      // A member whom the network hid may need no tap.
      if (who === 'unreached') void session.resume()
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
      waitForWeChat()
    },
    answered(outcome) {
      const phase = phaseNow()
      // While a login is under way, another answer is the second half of a double tap.
      if (phase === undefined || phase.is === 'entering' || phase.is === 'welcome') return
      if (greetMember()) return
      if (outcome.is === 'stopped') return stop({ at: 'phone', is: outcome.by })
      phone = { code: outcome.phoneCode, since: clock() }
      sent = undefined
      void send(outcome.phoneCode)
    },
    sendAgain() {
      const phase = phaseNow()
      if (phase?.is !== 'stopped' || phase.next.do !== 'send') return
      if (phone === undefined || clock() - phone.since > phoneCodeGoodForMs) return turn({ is: 'inviting' })
      void send(phone.code)
    },
    askConsent(answer) {
      const phase = phaseNow()
      consent(false)
      if (phase === undefined || phase.is === 'entering' || phase.is === 'welcome') return answer(false)
      answerConsent = answer
      turn({ is: 'consenting' })
    },
    agreed() {
      if (phaseNow()?.is !== 'consenting') return
      waitForWeChat()
      consent(true)
    },
  }
}
