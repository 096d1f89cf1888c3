import type { LoginInput, LoginOutput } from '@kinpass/contracts'
import type { AuthStore } from '../auth/auth-store.ts'
import type { LoginCodeCache } from '../auth/login-code-cache.ts'
import type { AppError } from '../errors/app-error.ts'
import type { PhoneResult } from '../errors/phone-result.ts'
import { type Recovery, recoveryFor } from '../errors/recovery.ts'
import type { Messages } from '../i18n/messages.ts'
import { createStore, type Readable } from '../lib/store.ts'

/** The action that needs a login, named after its messages. */
export type LoginReason = keyof Messages['login']['reasons']

/** State of the popup. `closing` lasts while the sheet slides out. */
export type LoginState =
  | { readonly sheet: 'closed' }
  | { readonly sheet: 'open' | 'closing'; readonly reason: LoginReason; readonly phase: LoginPhase }

export type LoginPhase =
  | { readonly status: 'idle' }
  /** WeChat's phone number sheet is up, or about to be. */
  | { readonly status: 'prompting' }
  /** WeChat waits for consent to the privacy guide; the app shows the consent button. */
  | { readonly status: 'consent' }
  | { readonly status: 'submitting' }
  | { readonly status: 'failed'; readonly error: AppError; readonly recovery: Recovery }
  | { readonly status: 'success'; readonly nickName: string; readonly isNew: boolean }

export interface LoginStore extends Readable<LoginState> {
  /** Opens the popup. `onSuccess` runs after a login when the popup is closed, or at once for a signed-in member. */
  readonly open: (reason: LoginReason, onSuccess?: () => void) => void
  /** Closes the popup. The result of a login in flight is discarded. */
  readonly dismiss: () => void
  /** Call when the phone button is tapped. */
  readonly handleTap: () => void
  /** Call with the result of WeChat's phone number sheet. */
  readonly handlePhoneResult: (result: PhoneResult) => void
  /** Sends the request again, or asks for another tap when the phone code is too old. */
  readonly retry: () => void
  /** Call when WeChat needs privacy consent; `reply` is called once, with the person's choice. */
  readonly requestConsent: (reply: (agrees: boolean) => void) => void
  /** Call when the consent button is tapped. */
  readonly grantConsent: () => void
}

export interface LoginStoreDeps {
  readonly codes: LoginCodeCache
  readonly login: (input: LoginInput) => Promise<LoginOutput>
  readonly auth: Pick<AuthStore, 'get' | 'subscribe' | 'restore' | 'signIn' | 'discardLogin'>
  readonly toAppError: (error: unknown) => AppError
  /** Milliseconds. */
  readonly clock: () => number
  /** `setTimeout` that returns a function to cancel it. */
  readonly setTimer: (ms: number, callback: () => void) => () => void
}

/** How long a second tap is ignored. After it, WeChat's sheet is up or did not open. */
export const TAP_LOCK_MS = 1_500
export const WELCOME_MS = 1_800
/** Duration of the closing animation in login-popup.css. */
export const CLOSING_MS = 260
/** WeChat's phone codes expire after 5 minutes. */
const PHONE_CODE_MAX_AGE_MS = 4.5 * 60_000

export function createLoginStore(deps: LoginStoreDeps): LoginStore {
  const { codes, login, auth, toAppError, clock, setTimer } = deps
  const state = createStore<LoginState>({ sheet: 'closed' })
  let onSuccess: (() => void) | undefined
  let phone: { readonly code: string; readonly receivedAt: number } | undefined
  /** The last request without a final response. A retry sends it unchanged, so that the API can recognize it. */
  let pendingInput: LoginInput | undefined
  /** Identifies the attempt whose result counts; undefined when there is none. */
  let currentAttempt: object | undefined
  let replyToConsent: ((agrees: boolean) => void) | undefined
  let cancelTimer = () => {}

  /** Undefined while the popup is closed or closing: late results are ignored. */
  function currentPhase(): LoginPhase | undefined {
    const current = state.get()
    return current.sheet === 'open' ? current.phase : undefined
  }

  /** @param timer runs unless another phase starts first */
  function enterPhase(phase: LoginPhase, timer?: { ms: number; callback: () => void }) {
    const current = state.get()
    if (current.sheet !== 'open') return
    cancelTimer()
    cancelTimer = timer ? setTimer(timer.ms, timer.callback) : () => {}
    state.set({ ...current, phase })
  }

  function fail(error: AppError) {
    const recovery = recoveryFor(error)
    const offerRetry = () => enterPhase({ status: 'failed', error, recovery: { action: 'retry' } })
    enterPhase(
      { status: 'failed', error, recovery },
      recovery.action === 'wait' ? { ms: recovery.ms, callback: offerRetry } : undefined,
    )
  }

  function startPrompt() {
    const stopPrompt = () => welcomeMember() || enterPhase({ status: 'idle' })
    enterPhase({ status: 'prompting' }, { ms: TAP_LOCK_MS, callback: stopPrompt })
  }

  function welcome(nickName: string, isNew: boolean) {
    enterPhase({ status: 'success', nickName, isNew }, { ms: WELCOME_MS, callback: dismiss })
  }

  /** The auth store may restore the member while the popup is open. */
  function welcomeMember(): boolean {
    const current = auth.get()
    if (current.status === 'signedIn') welcome(current.member.nickName, false)
    return current.status === 'signedIn'
  }

  async function submit(phoneCode: string) {
    const attempt = {}
    const isCurrent = () => currentAttempt === attempt
    currentAttempt = attempt
    enterPhase({ status: 'submitting' })
    try {
      const output = await loginWithFreshCode(phoneCode, isCurrent)
      if (output === undefined) return
      if (!isCurrent()) return auth.discardLogin(output)
      currentAttempt = undefined
      clearCodes()
      auth.signIn(output)
      welcome(output.nickName, output.isNew)
    } catch (thrown) {
      if (!isCurrent()) return
      currentAttempt = undefined
      if (isLoginCodeSpent(thrown)) clearLoginCode()
      const error = toAppError(thrown)
      if (recoveryFor(error).action === 'tap') clearCodes()
      fail(error)
    }
  }

  /** Retries once with a fresh login code when the first one is spent. */
  async function loginWithFreshCode(phoneCode: string, isCurrent: () => boolean) {
    try {
      return await sendLogin(phoneCode, isCurrent)
    } catch (error) {
      if (!isCurrent() || !isLoginCodeSpent(error)) throw error
      clearLoginCode()
      return await sendLogin(phoneCode, isCurrent)
    }
  }

  /** Undefined, with nothing sent, when the popup was dismissed while the login code was fetched. */
  async function sendLogin(phoneCode: string, isCurrent: () => boolean): Promise<LoginOutput | undefined> {
    const input = pendingInput ?? { code: await codes.get(), phoneCode }
    if (!isCurrent()) return undefined
    pendingInput = input
    return await login(input)
  }

  function isLoginCodeSpent(thrown: unknown): boolean {
    const error = toAppError(thrown)
    return error.source === 'server' && error.retry === 'new-login-code'
  }

  function clearLoginCode() {
    codes.invalidate()
    pendingInput = undefined
  }

  function clearCodes() {
    clearLoginCode()
    phone = undefined
  }

  function dismiss() {
    const current = state.get()
    if (current.sheet !== 'open') return
    cancelTimer()
    if (pendingInput) clearCodes()
    currentAttempt = undefined
    settleConsent(false)
    const callback = current.phase.status === 'success' ? onSuccess : undefined
    onSuccess = undefined
    state.set({ ...current, sheet: 'closing' })
    setTimer(CLOSING_MS, () => {
      state.set({ sheet: 'closed' })
      callback?.()
    })
  }

  function settleConsent(agrees: boolean) {
    const reply = replyToConsent
    replyToConsent = undefined
    reply?.(agrees)
  }

  auth.subscribe(() => {
    const phase = currentPhase()
    if (phase?.status === 'idle' || phase?.status === 'failed') welcomeMember()
  })

  return {
    get: state.get,
    subscribe: state.subscribe,
    open(reason, callback) {
      if (state.get().sheet !== 'closed') return
      const { status } = auth.get()
      if (status === 'signedIn') return callback?.()
      // There are tokens, but the API was not reachable: restoring may make the tap unnecessary.
      if (status === 'unknown') void auth.restore()
      onSuccess = callback
      phone = undefined
      codes.prefetch()
      state.set({ sheet: 'open', reason, phase: { status: 'idle' } })
    },
    dismiss,
    handleTap() {
      const phase = currentPhase()
      if (phase?.status !== 'idle' && phase?.status !== 'failed') return
      codes.prefetch()
      startPrompt()
    },
    handlePhoneResult(result) {
      const phase = currentPhase()
      // While submitting, another result comes from a double tap.
      if (phase === undefined || phase.status === 'submitting' || phase.status === 'success') return
      if (welcomeMember()) return
      if (result.type === 'failed') return fail({ source: 'phone', reason: result.reason })
      phone = { code: result.phoneCode, receivedAt: clock() }
      pendingInput = undefined
      void submit(result.phoneCode)
    },
    retry() {
      const phase = currentPhase()
      if (phase?.status !== 'failed' || phase.recovery.action !== 'retry') return
      if (phone === undefined || clock() - phone.receivedAt > PHONE_CODE_MAX_AGE_MS)
        return enterPhase({ status: 'idle' })
      void submit(phone.code)
    },
    requestConsent(reply) {
      const phase = currentPhase()
      settleConsent(false)
      if (phase === undefined || phase.status === 'submitting' || phase.status === 'success')
        return reply(false)
      replyToConsent = reply
      enterPhase({ status: 'consent' })
    },
    grantConsent() {
      if (currentPhase()?.status !== 'consent') return
      startPrompt()
      settleConsent(true)
    },
  }
}
