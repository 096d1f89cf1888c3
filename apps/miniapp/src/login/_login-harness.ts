import type { LoginInput, LoginOutput, TokenPair } from '@kinpass/contracts'
import type { AuthState } from '../auth/auth-store.ts'
import { createLoginCodeCache } from '../auth/login-code-cache.ts'
import { type AppError, toAppError } from '../errors/app-error.ts'
import { createFakeTimers, flushPromises } from '../lib/_fake-timers.ts'
import { createStore } from '../lib/store.ts'
import { createLoginStore, type LoginPhase } from './login-store.ts'

interface PendingLogin {
  readonly input: LoginInput
  readonly respond: (output: LoginOutput) => void
  readonly fail: (error: AppError) => void
}

/** An error that the harness's `toAppError` unwraps. */
class TestError extends Error {
  override readonly name = 'TestError'
  readonly appError: AppError

  constructor(appError: AppError) {
    super(`${appError.source}: ${appError.reason}`)
    this.appError = appError
  }
}

/** A login store with a fake API, fake login codes, a fake auth store and fake timers. */
export function createLoginHarness() {
  const timers = createFakeTimers()
  const calls: PendingLogin[] = []
  const prepared: string[] = []
  const signedIn: LoginOutput[] = []
  const discarded: TokenPair[] = []
  const auth = createStore<AuthState>({ status: 'guest' })
  let fetchedCodes = 0
  let restores = 0
  const login = createLoginStore({
    clock: timers.clock,
    setTimer: timers.setTimer,
    codes: createLoginCodeCache({
      fetchCode: async () => `login code ${++fetchedCodes}`,
      prepare: async ({ code }) => {
        prepared.push(code)
        return { keptForSeconds: 240 }
      },
      clock: timers.clock,
    }),
    login: (input) =>
      new Promise((respond, reject) => {
        calls.push({ input, respond, fail: (error) => reject(new TestError(error)) })
      }),
    auth: {
      ...auth,
      restore: async () => void restores++,
      signIn(output) {
        signedIn.push(output)
        auth.set({ status: 'signedIn', member: output.member })
      },
      discardLogin: (output) => void discarded.push(output),
    },
    toAppError: (error) =>
      error instanceof TestError ? error.appError : toAppError(error, (code): code is never => code === ''),
  })

  return {
    login,
    calls,
    prepared,
    signedIn,
    discarded,
    auth,
    advance: timers.advance,
    fetchedCodes: () => fetchedCodes,
    restores: () => restores,
    phase: (): LoginPhase | undefined => {
      const state = login.get()
      return state.sheet === 'open' ? state.phase : undefined
    },
    /** Opens the popup, taps the phone button and allows the phone number. */
    allow: async (phoneCode = 'phone code 1') => {
      if (login.get().sheet === 'closed') login.open('visit')
      login.handleTap()
      login.handlePhoneResult({ type: 'granted', phoneCode })
      await flushPromises()
    },
  }
}
