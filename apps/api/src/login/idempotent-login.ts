import { Failure, type LoginOutput } from '@kinpass/contracts'
import type { Digests, KeyRing } from '../keys/key-ring.ts'
import { toMember } from '../members/to-member.ts'
import { assertSessionActive, type SessionPolicy } from '../sessions/session-policy.ts'
import type { SessionFinder, SessionWithMember } from '../sessions/session-store.ts'
import type { IssueTokens } from '../tokens/issue-tokens.ts'
import { CODE_TTL_MS } from './exchange-once.ts'

/** Makes logins idempotent: the response is built from the session row, at first and when the login is sent again. */
export interface LoginReplay {
  /**
   * Returns the response of an earlier identical login, or undefined if the login code has started no session.
   *
   * Throws `LOGIN_CODE_SPENT` if the session belongs to a different login, was renewed, or is older than a code's lifetime.
   */
  find(keys: IdempotencyKeys): Promise<LoginOutput | undefined>
  /** Returns the response; `started` is undefined if a parallel request with the same login code started the session. */
  complete(started: SessionWithMember | undefined, keys: IdempotencyKeys): Promise<LoginOutput>
}

export function createLoginReplay(deps: {
  sessions: Pick<SessionFinder, 'byLoginKey'>
  issueTokens: IssueTokens
  policy: SessionPolicy
  clock: () => Date
}): LoginReplay {
  const { sessions, issueTokens, policy, clock } = deps

  async function toOutput(found: SessionWithMember): Promise<LoginOutput> {
    return {
      ...(await issueTokens(found)),
      nickName: found.member.name,
      isNew: found.session.isFirst,
      member: toMember(found.member),
    }
  }

  async function find({ loginDigests, repeatDigests }: IdempotencyKeys): Promise<LoginOutput | undefined> {
    const found = await sessions.byLoginKey(loginDigests)
    if (!found) return undefined
    if (!repeatDigests.includes(found.session.repeatKey) || isExpired(found))
      throw new Failure('LOGIN_CODE_SPENT')
    assertSessionActive(found, policy, clock())
    return await toOutput(found)
  }

  return {
    find,
    async complete(started, keys) {
      const output = started ? await toOutput(started) : await find(keys)
      if (!output) throw new Failure('INTERNAL', { cause: new Error('a login started no session') })
      return output
    },
  }

  /** A renewed session proves that the client received the response; after the code's lifetime it is not repeated. */
  function isExpired({ session }: SessionWithMember): boolean {
    return session.generation > 0 || clock().getTime() - session.startedAt.getTime() > CODE_TTL_MS
  }
}

/** What identifies a login without storing its one-time codes. */
export interface IdempotencyKeys {
  /** Digests of the login code. One login code starts one session. */
  readonly loginDigests: Digests
  /** Digests of everything that the same login sent again contains: both codes and the installation id. */
  readonly repeatDigests: Digests
}

export function createIdempotencyKeys(
  keyRing: KeyRing,
  login: { code: string; phoneCode?: string; installationId: string },
): IdempotencyKeys {
  const { code, phoneCode = '', installationId } = login
  return {
    loginDigests: keyRing.digests('login-code', code),
    repeatDigests: keyRing.digests('repetition', JSON.stringify([code, phoneCode, installationId])),
  }
}
