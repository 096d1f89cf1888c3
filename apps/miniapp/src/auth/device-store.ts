import type { Session as DeviceSession } from '@kinpass/contracts'
import type { Api } from '../api/api.ts'
import type { Trouble } from '../errors/app-error.ts'
import { createChangeable, type Observed } from '../lib/store.ts'
import type { Session } from './auth-store.ts'

/** Where the member is logged in. */
export type DevicesState =
  | { readonly is: 'loading' }
  /** The last used first; `isEnding` while sessions of it are being ended. */
  | { readonly is: 'list'; readonly sessions: readonly DeviceSession[]; readonly isEnding: boolean }
  | { readonly is: 'trouble'; readonly trouble: Trouble }

/** Each deed ends with the list as the API then has it, or with the trouble that kept it from being done. */
export interface Devices extends Observed<DevicesState> {
  readonly load: () => Promise<void>
  /** Ends one session; ending one's own is logging out. */
  readonly end: (id: string) => Promise<void>
  /** Ends every session but one's own. */
  readonly endOthers: () => Promise<void>
  /** Ends every session, one's own included: whoever asked is a guest then. */
  readonly endAll: () => Promise<void>
}

export interface DevicesParts {
  readonly session: Pick<Session, 'asMember' | 'leave' | 'hold'>
  readonly api: Pick<Api, 'sessions' | 'revoke' | 'logoutEverywhere'>
  readonly troubleOf: (error: unknown) => Trouble
}

export function createDevices({ session, api, troubleOf }: DevicesParts): Devices {
  const state = createChangeable<DevicesState>({ is: 'loading' })
  let asked = 0

  /** Does something, then asks for the list; the answer to what was asked last counts. */
  async function afterwards(deed: () => Promise<unknown>) {
    const turn = ++asked
    const found = await deed()
      .then(() => session.asMember(api.sessions))
      .then(
        ({ sessions }): DevicesState => ({ is: 'list', sessions, isEnding: false }),
        (error: unknown): DevicesState => ({ is: 'trouble', trouble: troubleOf(error) }),
      )
    if (turn === asked) state.set(found)
  }

  function endEach(isMeant: (session: DeviceSession) => boolean) {
    const now = state.get()
    if (now.is !== 'list' || now.isEnding) return Promise.resolve()
    const meant = now.sessions.filter(isMeant)
    if (meant.some(({ isCurrent }) => isCurrent)) return Promise.resolve(depart(session.leave))
    state.set({ ...now, isEnding: true })
    return afterwards(() =>
      Promise.all(meant.map(({ id }) => session.asMember((token) => api.revoke(token, { id })))),
    )
  }

  function depart(leave: () => void) {
    asked++
    leave()
    state.set({ is: 'loading' })
  }

  return {
    get: state.get,
    watch: state.watch,
    load() {
      state.set({ is: 'loading' })
      return afterwards(() => Promise.resolve())
    },
    end: (id) => endEach((session) => session.id === id),
    endOthers: () => endEach(({ isCurrent }) => !isCurrent),
    async endAll() {
      const now = state.get()
      if (now.is === 'list') state.set({ ...now, isEnding: true })
      try {
        await session.asMember(api.logoutEverywhere)
        depart(session.hold)
      } catch (error) {
        asked++
        state.set({ is: 'trouble', trouble: troubleOf(error) })
      }
    },
  }
}
