import type { FailureCode, LoginOutput, Retry, TokenPair } from '@kinpass/contracts'
import { TransportError } from '@kinpass/trpc-taro'
import type { Api } from '../api/api.ts'
import { readTrouble } from '../errors/app-error.ts'
import { createClockwork } from '../lib/_fake-timers.ts'
import { createKeep, type PlatformStorage } from '../lib/persistent-map.ts'
import { alice, settled } from '../login/_login-harness.ts'
import { createSession } from './auth-store.ts'
import { createLoginCodes } from './login-code-cache.ts'
import { createFindTokens } from './restore-tokens.ts'
import { createEndOnServer } from './revoke-session.ts'
import { createTokens } from './token-storage.ts'

/** The tokens of a generation of alice's. */
export function pair(generation: number): TokenPair {
  return {
    token: `token ${generation}`,
    refreshToken: `refresh token ${generation}`,
    expiresInSeconds: alice.expiresInSeconds,
  }
}

/** What a login or a resumption answers with these tokens. */
export function loginOf(generation: number): LoginOutput {
  return { ...alice, ...pair(generation) }
}

/** A call that waits for the test to answer it. */
export interface Call {
  readonly name: keyof Api
  /** The token, or the input of a call without one. */
  readonly by: unknown
  readonly answer: (output: unknown) => Promise<void>
  /** With 401 and the advice to take a login code, unless the test says otherwise. */
  readonly refuse: (
    failure: FailureCode | 'MOON_IS_FULL',
    own?: { readonly httpStatus?: number; readonly retry?: Retry },
  ) => Promise<void>
  readonly lose: (how?: 'offline' | 'interrupted' | 'timeout') => Promise<void>
}

/** A browser whose tabs share one storage; server, WeChat and clock are the test's hands. */
export function createSessionWorld() {
  const clockwork = createClockwork()
  const stored = new Map<string, string>()
  const storage: PlatformStorage = {
    read: (key) => stored.get(key),
    write: (key, value) => void stored.set(key, value),
    remove: (key) => void stored.delete(key),
  }

  /** Opens the app, with the storage as it is. */
  function open(own: PlatformStorage = storage) {
    const calls: Call[] = []
    let codesTaken = 0
    function ask(name: keyof Api) {
      return (by: unknown): Promise<never> =>
        new Promise((resolve, reject) => {
          const after = async (deed: () => void) => {
            deed()
            await settled()
          }
          calls.push({
            name,
            by,
            // The test knows what each call answers.
            answer: (output) => after(() => resolve(output as never)),
            refuse: (failure, { httpStatus = 401, retry = 'new-login-code' } = {}) =>
              after(() =>
                reject(Object.assign(new Error('refused'), { data: { failure, httpStatus, retry } })),
              ),
            lose: (how = 'offline') => after(() => reject(new TransportError(how))),
          })
        })
    }
    const tokens = createTokens(createKeep(own), clockwork.clock)
    const api = {
      renew: ask('renew'),
      resume: ask('resume'),
      logout: ask('logout'),
      me: ask('me'),
      sessions: ask('sessions'),
      revoke: ask('revoke'),
      logoutEverywhere: ask('logoutEverywhere'),
    }
    const codes = createLoginCodes({
      fetchCode: async () => `login code ${++codesTaken}`,
      prepare: ask('prepare'),
      clock: clockwork.clock,
    })
    const troubleOf = (error: unknown) => readTrouble(error, (code): code is never => code !== 'MOON_IS_FULL')
    const session = createSession({
      tokens,
      findTokens: createFindTokens(api, codes),
      endOnServer: createEndOnServer(api),
      readMember: api.me,
      troubleOf,
      clock: clockwork.clock,
    })
    return {
      session,
      tokens,
      api,
      codes,
      troubleOf,
      calls,
      names: () => calls.map(({ name }) => name),
      /** The nth call of a procedure, from 1. */
      call: (name: keyof Api, nth = 1): Call => {
        const found = calls.filter((call) => call.name === name)[nth - 1]
        if (!found)
          throw new Error(`No call ${nth} of ${name}, only ${calls.map((call) => call.name).join(', ')}`)
        return found
      },
      is: () => session.get().is,
    }
  }
  return {
    ...clockwork,
    stored,
    storage,
    open,
    /** Opens the app of somebody who logged in on an earlier day. */
    openOfMember: (own?: PlatformStorage) => {
      createTokens(createKeep(storage), clockwork.clock).set(pair(0))
      return open(own)
    },
  }
}

/** A member whose first token is known to the API no more. */
export async function memberIn(world = createSessionWorld()) {
  const tab = world.openOfMember()
  void tab.session.resume()
  await settled()
  await tab.call('me').answer(alice.member)
  return { ...world, ...tab }
}
