import type { LoginOutput, Member, TokenPair } from '@kinpass/contracts'
import type { ApiClient } from '../api/api-client.ts'
import { type AppError, isAuthRejected, NotLoggedInError } from '../errors/app-error.ts'
import { createSingleFlight } from '../lib/single-flight.ts'
import { createStore, type Readable } from '../lib/store.ts'
import type { RestoreTokens } from './restore-tokens.ts'
import type { RevokeOnServer } from './revoke-session.ts'
import type { TokenStorage } from './token-storage.ts'

/** Who uses the app. */
export type AuthState =
  | { readonly status: 'guest' }
  /** There are stored tokens; the member is being read. */
  | { readonly status: 'restoring' }
  | { readonly status: 'signedIn'; readonly member: Member }
  /** There are stored tokens, but the member could not be read. */
  | { readonly status: 'unknown'; readonly error: AppError }

export interface AuthStore extends Readable<AuthState> {
  /**
   * Restores the session from stored tokens or a login code, without asking the person.
   *
   * Call at launch, when the app is shown again and after an error. Does nothing after a sign-out.
   */
  readonly restore: () => Promise<void>
  /** Reads the member again. On an error, a signed-in member stays signed in. */
  readonly refresh: () => Promise<void>
  /**
   * Makes a call with a valid access token. When the API rejects the token, gets another and calls once more.
   *
   * @throws {NotLoggedInError} when there is no token
   */
  readonly withToken: <Output>(call: (token: string) => Promise<Output>) => Promise<Output>
  readonly signIn: (output: LoginOutput) => void
  /** Ends the session of a login that finished after the person had dismissed it. */
  readonly discardLogin: (pair: TokenPair) => void
  /** Ends the session. `restore` does nothing until the next sign-in, at later launches too. */
  readonly signOut: () => void
  /** Like `signOut`, for a session that the server has already ended. */
  readonly clear: () => void
}

export interface AuthStoreDeps {
  readonly tokens: TokenStorage
  readonly restoreTokens: RestoreTokens
  readonly revokeOnServer: RevokeOnServer
  readonly readMember: ApiClient['me']
  readonly toAppError: (error: unknown) => AppError
  /** Milliseconds. */
  readonly clock: () => number
}

export function createAuthStore(deps: AuthStoreDeps): AuthStore {
  const { tokens, restoreTokens, revokeOnServer, readMember, toAppError, clock } = deps
  const state = createStore<AuthState>({ status: tokens.get() ? 'restoring' : 'guest' })

  /** Incremented on every sign-in and sign-out; results of an earlier epoch are ignored. */
  let epoch = 0
  const tokenFlight = createSingleFlight(acquireToken)
  const memberFlight = createSingleFlight(loadMember)
  /** True after the API refused to restore a session; a guest's `restore` then makes no call until the next launch. */
  let isRestoreRejected = false

  function startEpoch(initial: AuthState) {
    epoch++
    tokenFlight.forget()
    memberFlight.forget()
    state.set(initial)
  }

  /** Applies what another tab stored; true when the tokens changed. */
  function syncFromStorage(): boolean {
    if (!tokens.syncFromStorage()) return false
    if (tokens.get() === undefined) startEpoch({ status: 'guest' })
    return true
  }

  function unexpiredToken(rejected: string | undefined): string | undefined {
    const stored = tokens.get()
    return stored && stored.token !== rejected && clock() < stored.renewAt ? stored.token : undefined
  }

  /**
   * Returns the stored access token, or acquires one; concurrent callers share one request.
   *
   * @param rejected access token that the API has rejected
   * @returns undefined when no session can be restored
   */
  async function validToken(rejected?: string): Promise<string | undefined> {
    const stored = unexpiredToken(rejected)
    if (stored !== undefined) return stored
    if (tokenFlight.isInFlight()) return await tokenFlight.run()
    syncFromStorage()
    const fromAnotherTab = unexpiredToken(rejected)
    if (fromAnotherTab !== undefined) return fromAnotherTab
    // After a sign-out, or a rejection that cleared the tokens, a login code must not restore the session.
    if (tokens.get() === undefined && (tokens.isSignedOut() || rejected !== undefined)) return undefined
    return await tokenFlight.run()
  }

  async function acquireToken(): Promise<string | undefined> {
    const startedIn = epoch
    const before = tokens.get()?.refreshToken
    const restored = await restoreTokens(before)
    syncFromStorage()
    if (startedIn !== epoch) {
      if (restored) void revokeOnServer(restored)
      return undefined
    }
    if (restored === undefined) {
      const after = tokens.get()
      // Another tab signed in meanwhile.
      if (after?.refreshToken !== before) return after?.token
      isRestoreRejected = true
      // A rejected member has to log in again with a tap; later launches must not try a login code.
      if (after) tokens.markSignedOut()
      startEpoch({ status: 'guest' })
      return undefined
    }
    tokens.set(restored)
    if ('member' in restored) state.set({ status: 'signedIn', member: restored.member })
    return restored.token
  }

  async function withToken<Output>(call: (token: string) => Promise<Output>): Promise<Output> {
    const startedIn = epoch
    const token = tokens.get() || tokenFlight.isInFlight() ? await validToken() : undefined
    if (token === undefined) throw new NotLoggedInError()
    try {
      return await call(token)
    } catch (error) {
      // A call of one member is never repeated with the token of another.
      const next = isAuthRejected(error) && startedIn === epoch ? await validToken(token) : undefined
      if (next === undefined) throw error
      return await call(next).catch((secondError: unknown) => {
        if (isAuthRejected(secondError) && tokens.get()?.token === next) {
          tokens.clear()
          startEpoch({ status: 'guest' })
        }
        throw secondError
      })
    }
  }

  async function loadMember() {
    const startedIn = epoch
    if (state.get().status !== 'signedIn') state.set({ status: 'restoring' })
    const loaded = await withToken(readMember).then(
      (member): AuthState => ({ status: 'signedIn', member }),
      (error: unknown): AuthState => ({ status: 'unknown', error: toAppError(error) }),
    )
    if (startedIn === epoch && (loaded.status === 'signedIn' || state.get().status !== 'signedIn'))
      state.set(loaded)
  }

  function clear() {
    tokens.markSignedOut()
    startEpoch({ status: 'guest' })
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    withToken,
    async restore() {
      const isChanged = syncFromStorage()
      const hasTokens = tokens.get() !== undefined
      if (hasTokens && (isChanged || state.get().status !== 'signedIn')) return await memberFlight.run()
      if (!hasTokens && (tokens.isSignedOut() || isRestoreRejected)) return
      // Runs in the background, so errors are not shown: a guest stays a guest, a member's next call renews.
      await validToken().catch(() => undefined)
    },
    async refresh() {
      if (tokens.get()) await memberFlight.run()
    },
    signIn(output) {
      tokens.set(output)
      startEpoch({ status: 'signedIn', member: output.member })
    },
    discardLogin(pair) {
      if (tokens.get() === undefined) tokens.markSignedOut()
      void revokeOnServer(pair)
    },
    signOut() {
      const stored = tokens.get()
      clear()
      if (stored) void revokeOnServer(stored)
    },
    clear,
  }
}
