import type { LoginInput, LoginOutput, TokenPair } from '@kinpass/contracts'
import type { SessionState } from '../auth/auth-store.ts'
import { createLoginCodes } from '../auth/login-code-cache.ts'
import { readTrouble, type Trouble } from '../errors/app-error.ts'
import { createClockwork } from '../lib/_fake-timers.ts'
import { createChangeable } from '../lib/store.ts'
import { createLogin, type LoginPhase } from './login-store.ts'

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

interface Call {
  readonly input: LoginInput
  readonly answer: (output: LoginOutput) => void
  readonly fail: (trouble: Trouble) => void
}

/** A fault that `troubleOf` reads back. */
class Told extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super('told by the test')
    this.trouble = trouble
  }
}

/** A login whose server, WeChat and clock are the test's hands. */
export function createLoginWorld() {
  const clockwork = createClockwork()
  const calls: Call[] = []
  const prepared: string[] = []
  const entered: LoginOutput[] = []
  const turnedDown: TokenPair[] = []
  const who = createChangeable<SessionState>({ is: 'guest' })
  let codesTaken = 0
  let resumptions = 0
  const login = createLogin({
    ...clockwork,
    codes: createLoginCodes({
      fetchCode: async () => `login code ${++codesTaken}`,
      prepare: async ({ code }) => {
        prepared.push(code)
        return { keptForSeconds: 240 }
      },
      clock: clockwork.clock,
    }),
    login: (input) =>
      new Promise((answer, reject) => {
        calls.push({ input, answer, fail: (trouble) => reject(new Told(trouble)) })
      }),
    session: {
      ...who,
      resume: async () => void resumptions++,
      enter(output) {
        entered.push(output)
        who.set({ is: 'member', member: output.member })
      },
      turnDown: (output) => void turnedDown.push(output),
    },
    troubleOf: (error) =>
      error instanceof Told ? error.trouble : readTrouble(error, (code): code is never => code === ''),
  })

  return {
    login,
    calls,
    prepared,
    entered,
    turnedDown,
    who,
    ...clockwork,
    codesTaken: () => codesTaken,
    resumptions: () => resumptions,
    phase: (): LoginPhase | undefined => {
      const state = login.get()
      return state.sheet === 'open' ? state.phase : undefined
    },
    /** Opens the popup, taps and allows. */
    allow: async (phoneCode = 'phone code 1') => {
      if (login.get().sheet === 'closed') login.open('visit')
      login.tapped()
      login.answered({ is: 'allowed', phoneCode })
      await settled()
    },
  }
}

/** Lets every promise that is already decided be heard. */
export async function settled() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
