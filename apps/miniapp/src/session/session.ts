import type { Member } from '@kinpass/contracts'
import type { Trouble } from '../api/trouble.ts'
import { createChangeable, type Observed } from '../observed.ts'
import type { Tokens } from './tokens.ts'

/** Who uses the app. */
export type SessionState =
  | { readonly is: 'guest' }
  /** A token is kept from an earlier day; whose it is, is being asked. */
  | { readonly is: 'returning' }
  | { readonly is: 'member'; readonly member: Member }
  /** A token is kept, but nobody could say whose it is. */
  | { readonly is: 'unreached'; readonly trouble: Trouble }

export interface Session extends Observed<SessionState> {
  /** Comes back with the kept token, if there is one. Never asks the person for anything. */
  readonly resume: () => Promise<void>
  readonly enter: (token: string, member: Member) => void
  readonly leave: () => void
}

export interface SessionParts {
  readonly tokens: Tokens
  readonly readMember: () => Promise<Member>
  readonly troubleOf: (error: unknown) => Trouble
}

export function createSession({ tokens, readMember, troubleOf }: SessionParts): Session {
  const state = createChangeable<SessionState>({ is: tokens.get() === undefined ? 'guest' : 'returning' })

  /** What was asked before somebody entered or left says nothing about who is there after it. */
  let stay = 0

  async function resume() {
    if (tokens.get() === undefined) return
    const asked = ++stay
    state.set({ is: 'returning' })
    const found = await readMember().then(
      (member): SessionState => ({ is: 'member', member }),
      (error: unknown): SessionState => stateAfter(troubleOf(error)),
    )
    if (asked !== stay) return
    if (found.is === 'guest') tokens.drop()
    state.set(found)
  }

  return {
    get: state.get,
    watch: state.watch,
    resume,
    enter(token, member) {
      stay++
      tokens.set(token)
      state.set({ is: 'member', member })
    },
    leave() {
      stay++
      tokens.drop()
      state.set({ is: 'guest' })
    },
  }
}

/** The token is worthless when the API says so, and only then: a bad network logs nobody out. */
function stateAfter(trouble: Trouble): SessionState {
  return trouble.at === 'server' && isRefusal[trouble.is] === true
    ? { is: 'guest' }
    : { is: 'unreached', trouble }
}

const isRefusal: Partial<Record<(Trouble & { at: 'server' })['is'], true>> = {
  TOKEN_MISSING: true,
  TOKEN_INVALID: true,
  TOKEN_EXPIRED: true,
  SESSION_ENDED: true,
  MEMBER_UNKNOWN: true,
  MEMBER_BANNED: true,
}
