import type { FailureCode, LoginOutput, Retry, TokenPair } from '@kinpass/contracts'
import { TransportError } from '@kinpass/trpc-taro'
import type { ApiClient } from '../api/api-client.ts'
import { toAppError } from '../errors/app-error.ts'
import { createFakeTimers, flushPromises } from '../lib/_fake-timers.ts'
import { createPersistentMap, type PlatformStorage } from '../lib/persistent-map.ts'
import { createAuthStore } from './auth-store.ts'
import { createLoginCodeCache } from './login-code-cache.ts'
import { createRestoreTokens } from './restore-tokens.ts'
import { createRevokeOnServer } from './revoke-session.ts'
import { createTokenStorage } from './token-storage.ts'

/** A failure code that no build knows. */
export const CODE_FROM_THE_FUTURE = 'CODE_FROM_THE_FUTURE'

/** The API's response to alice's login. */
export const alice: LoginOutput = {
  token: 'a token of alice',
  expiresInSeconds: 900,
  refreshToken: 'a refresh token of alice',
  nickName: '好柿开花8915',
  isNew: true,
  member: {
    id: '1',
    nickName: '好柿开花8915',
    avatar: null,
    gender: null,
    maskedPhone: '138****8915',
    joinedAt: '2026-01-02T03:04:05.000Z',
  },
}

/** The nth token pair of alice's session. */
export function tokenPair(generation: number): TokenPair {
  return {
    token: `token ${generation}`,
    refreshToken: `refresh token ${generation}`,
    expiresInSeconds: alice.expiresInSeconds,
  }
}

/** The response of `login` and `session.resume` with the nth token pair. */
export function loginOutput(generation: number): LoginOutput {
  return { ...alice, ...tokenPair(generation) }
}

/** A call that is pending until the test settles it. */
export interface PendingCall {
  readonly name: keyof ApiClient
  /** The first argument: the access token, or the input of a call without one. */
  readonly input: unknown
  readonly respond: (output: unknown) => Promise<void>
  /** Fails as the API does; by default with 401 and the advice to send a login code. */
  readonly refuse: (
    failure: FailureCode | typeof CODE_FROM_THE_FUTURE,
    overrides?: { readonly httpStatus?: number; readonly retry?: Retry },
  ) => Promise<void>
  /** Fails with a transport error. */
  readonly lose: (reason?: 'offline' | 'interrupted' | 'timeout') => Promise<void>
}

/** A browser whose tabs share one storage, with a fake API, fake login codes and fake timers. */
export function createAuthHarness() {
  const timers = createFakeTimers()
  const stored = new Map<string, string>()
  const storage: PlatformStorage = {
    read: (key) => stored.get(key),
    write: (key, value) => void stored.set(key, value),
    remove: (key) => void stored.delete(key),
  }

  /** Starts the app in another tab, on the storage as it is. */
  function open(own: PlatformStorage = storage) {
    const calls: PendingCall[] = []
    let fetchedCodes = 0
    function pendingCall(name: keyof ApiClient) {
      return (input: unknown): Promise<never> =>
        new Promise((resolve, reject) => {
          const settle = async (callback: () => void) => {
            callback()
            await flushPromises()
          }
          calls.push({
            name,
            input,
            // `never` fits every procedure; the test passes the output of the right one.
            respond: (output) => settle(() => resolve(output as never)),
            refuse: (failure, { httpStatus = 401, retry = 'new-login-code' } = {}) =>
              settle(() =>
                reject(Object.assign(new Error('refused'), { data: { failure, httpStatus, retry } })),
              ),
            lose: (reason = 'offline') => settle(() => reject(new TransportError(reason))),
          })
        })
    }
    const tokens = createTokenStorage(createPersistentMap(own), timers.clock)
    const api = {
      renew: pendingCall('renew'),
      resume: pendingCall('resume'),
      logout: pendingCall('logout'),
      me: pendingCall('me'),
      listSessions: pendingCall('listSessions'),
      revoke: pendingCall('revoke'),
      logoutEverywhere: pendingCall('logoutEverywhere'),
    }
    const codes = createLoginCodeCache({
      fetchCode: async () => `login code ${++fetchedCodes}`,
      prepare: pendingCall('prepare'),
      clock: timers.clock,
    })
    const toKnownAppError = (error: unknown) =>
      toAppError(error, (code): code is never => code !== CODE_FROM_THE_FUTURE)
    const auth = createAuthStore({
      tokens,
      restoreTokens: createRestoreTokens(api, codes),
      revokeOnServer: createRevokeOnServer(api),
      readMember: api.me,
      toAppError: toKnownAppError,
      clock: timers.clock,
    })
    return {
      auth,
      tokens,
      api,
      codes,
      toAppError: toKnownAppError,
      calls,
      names: () => calls.map(({ name }) => name),
      /** The nth call of a procedure, from 1. */
      call: (name: keyof ApiClient, nth = 1): PendingCall => {
        const found = calls.filter((call) => call.name === name)[nth - 1]
        if (!found)
          throw new Error(`No call ${nth} of ${name}, only ${calls.map((call) => call.name).join(', ')}`)
        return found
      },
      status: () => auth.get().status,
    }
  }
  return {
    advance: timers.advance,
    stored,
    storage,
    open,
    /** Starts the app with the tokens of an earlier login in the storage. */
    openSignedIn: (own?: PlatformStorage) => {
      createTokenStorage(createPersistentMap(storage), timers.clock).set(tokenPair(0))
      return open(own)
    },
  }
}

/** Starts the app with stored tokens and restores alice. */
export async function openAsAlice(harness = createAuthHarness()) {
  const tab = harness.openSignedIn()
  void tab.auth.restore()
  await flushPromises()
  await tab.call('me').respond(alice.member)
  return { ...harness, ...tab }
}
