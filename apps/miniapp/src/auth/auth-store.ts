import type { LoginOutput, Member, TokenPair } from '@kinpass/contracts'
import type { Api } from '../api/api.ts'
import { isRefusal, NobodyHere, type Trouble } from '../errors/app-error.ts'
import { createFlight } from '../lib/single-flight.ts'
import { createChangeable, type Observed } from '../lib/store.ts'
import type { FindTokens } from './restore-tokens.ts'
import type { EndOnServer } from './revoke-session.ts'
import type { Tokens } from './token-storage.ts'

/** Who uses the app. */
export type SessionState =
  | { readonly is: 'guest' }
  /** Tokens are kept from an earlier day; whose they are, is being asked. */
  | { readonly is: 'returning' }
  | { readonly is: 'member'; readonly member: Member }
  /** Tokens are kept, but nobody could say whose they are. */
  | { readonly is: 'unreached'; readonly trouble: Trouble }

export interface Session extends Observed<SessionState> {
  /**
   * Finds out who is there, as far as it is not known: at launch, when the app is shown again, after a trouble.
   * Never asks the person for anything, and lets nobody in who logged out.
   */
  readonly resume: () => Promise<void>
  /** Reads the member anew. A trouble leaves a member whom one knows. */
  readonly refresh: () => Promise<void>
  /** Makes a call with a good token; one that the API refuses is replaced once, for all who wait. */
  readonly asMember: <Answer>(call: (token: string) => Promise<Answer>) => Promise<Answer>
  readonly enter: (answer: LoginOutput) => void
  /** Undoes a login whose answer came after the person had thought better of it. */
  readonly turnDown: (answer: TokenPair) => void
  /** Logs out, and holds until somebody logs in. */
  readonly leave: () => void
  /** The same for a session that the server has ended already. */
  readonly hold: () => void
}

export interface SessionParts {
  readonly tokens: Tokens
  readonly findTokens: FindTokens
  readonly endOnServer: EndOnServer
  readonly readMember: Api['me']
  readonly troubleOf: (error: unknown) => Trouble
  /** Milliseconds. */
  readonly clock: () => number
}

export function createSession(parts: SessionParts): Session {
  const { tokens, findTokens, endOnServer, readMember, troubleOf, clock } = parts
  const state = createChangeable<SessionState>({ is: tokens.get() ? 'returning' : 'guest' })

  /** What was asked before somebody entered or left says nothing about who is there after it. */
  let stay = 0
  const finding = createFlight(find)
  const reading = createFlight(read)
  /** The API said that it knows nobody here: at this launch it is not asked again. */
  let isStranger = false

  function beginStay(as: SessionState) {
    stay++
    finding.forget()
    reading.forget()
    state.set(as)
  }

  /** Heeds what another tab did; true where one has to ask who is there. */
  function look(): boolean {
    if (!tokens.look()) return false
    if (tokens.get() === undefined) beginStay({ is: 'guest' })
    return true
  }

  function heldToken(refused: string | undefined): string | undefined {
    const held = tokens.get()
    return held && held.token !== refused && clock() < held.renewAt ? held.token : undefined
  }

  /**
   * A token that is good as far as one can tell, found once for all who wait; undefined where nobody is known.
   *
   * @param refused the token that the API would not have
   */
  async function goodToken(refused?: string): Promise<string | undefined> {
    const held = heldToken(refused)
    if (held !== undefined) return held
    if (finding.isUnderWay()) return await finding.join()
    look()
    const ofAnotherTab = heldToken(refused)
    if (ofAnotherTab !== undefined) return ofAnotherTab
    // Whoever logged out, or was found to be nobody, is not asked for behind their back.
    if (tokens.get() === undefined && (tokens.isLeft() || refused !== undefined)) return undefined
    return await finding.join()
  }

  async function find(): Promise<string | undefined> {
    const asked = stay
    const before = tokens.get()?.refreshToken
    const found = await findTokens(before)
    look()
    if (asked !== stay) {
      if (found) void endOnServer(found)
      return undefined
    }
    if (found === undefined) {
      const after = tokens.get()
      if (after?.refreshToken !== before) return after?.token
      isStranger = true
      // A member who is refused comes back with a tap, not behind the API's back at the next launch.
      if (after) tokens.leave()
      beginStay({ is: 'guest' })
      return undefined
    }
    tokens.set(found)
    if ('member' in found) state.set({ is: 'member', member: found.member })
    return found.token
  }

  async function asMember<Answer>(call: (token: string) => Promise<Answer>): Promise<Answer> {
    const asked = stay
    const token = tokens.get() || finding.isUnderWay() ? await goodToken() : undefined
    if (token === undefined) throw new NobodyHere()
    try {
      return await call(token)
    } catch (error) {
      // What one person asked for is never sent in the name of the next.
      const next = isRefusal(error) && asked === stay ? await goodToken(token) : undefined
      if (next === undefined) throw error
      return await call(next).catch((again: unknown) => {
        if (isRefusal(again) && tokens.get()?.token === next) {
          tokens.drop()
          beginStay({ is: 'guest' })
        }
        throw again
      })
    }
  }

  async function read() {
    const asked = stay
    if (state.get().is !== 'member') state.set({ is: 'returning' })
    const found = await asMember(readMember).then(
      (member): SessionState => ({ is: 'member', member }),
      (error: unknown): SessionState => ({ is: 'unreached', trouble: troubleOf(error) }),
    )
    if (asked === stay && (found.is === 'member' || state.get().is !== 'member')) state.set(found)
  }

  function hold() {
    tokens.leave()
    beginStay({ is: 'guest' })
  }

  return {
    get: state.get,
    watch: state.watch,
    asMember,
    async resume() {
      const isNews = look()
      const hasTokens = tokens.get() !== undefined
      if (hasTokens && (isNews || state.get().is !== 'member')) return await reading.join()
      if (!hasTokens && (tokens.isLeft() || isStranger)) return
      // Nobody asked for this, so no trouble is told: a guest stays one, a member is renewed when a call needs it.
      await goodToken().catch(() => undefined)
    },
    async refresh() {
      if (tokens.get()) await reading.join()
    },
    enter(answer) {
      tokens.set(answer)
      beginStay({ is: 'member', member: answer.member })
    },
    turnDown(answer) {
      if (tokens.get() === undefined) tokens.leave()
      void endOnServer(answer)
    },
    leave() {
      const held = tokens.get()
      hold()
      if (held) void endOnServer(held)
    },
    hold,
  }
}
