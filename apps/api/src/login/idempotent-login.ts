import { Failure, type LoginOutput } from '@kinpass/contracts'
import { presentMember } from '../members/to-member.ts'
import { refuseOver, type SessionLife } from '../sessions/session-policy.ts'
import type { SessionOfMember, Sessions } from '../sessions/session-store.ts'
import type { MakeTokenPair } from '../tokens/token-pair.ts'
import { codeLifeMs } from './exchange-once.ts'
import type { LoginKeys } from './login-keys.ts'

/** Answers a login from the session it began: the first time, and to whoever repeats it, the same. */
export interface AnswerLogin {
  /** `begun` is undefined where a parallel repetition of the login began the session. */
  after(begun: SessionOfMember | undefined, keys: LoginKeys): Promise<LoginOutput>
  /** Undefined where the login code has begun no session; throws `LOGIN_CODE_SPENT` when it was another's login. */
  again(keys: LoginKeys): Promise<LoginOutput | undefined>
}

export function createAnswerLogin(parts: {
  sessions: Sessions
  makeTokenPair: MakeTokenPair
  life: SessionLife
  clock: () => Date
}): AnswerLogin {
  const { sessions, makeTokenPair, life, clock } = parts

  async function answer(begun: SessionOfMember): Promise<LoginOutput> {
    return {
      ...(await makeTokenPair(begun)),
      nickName: begun.member.name,
      isNew: begun.session.isFirst,
      member: presentMember(begun.member),
    }
  }

  async function again({ loginKeys, repeatKeys }: LoginKeys): Promise<LoginOutput | undefined> {
    const found = await sessions.byLoginKey(loginKeys)
    if (!found) return undefined
    if (!repeatKeys.includes(found.session.repeatKey) || isPast(found)) throw new Failure('LOGIN_CODE_SPENT')
    refuseOver(found, life, clock())
    return await answer(found)
  }

  return {
    again,
    async after(begun, keys) {
      const output = begun ? await answer(begun) : await again(keys)
      if (!output) throw new Failure('INTERNAL', { cause: new Error('a login began no session') })
      return output
    },
  }

  /** The client has the answer already (it renewed since), or the code is older than any code lives. */
  function isPast({ session }: SessionOfMember): boolean {
    return session.generation > 0 || clock().getTime() - session.startedAt.getTime() > codeLifeMs
  }
}
