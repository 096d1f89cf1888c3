import type { ActiveSession } from '@kinpass/contracts'
import type { ApiClient } from '../api/api-client.ts'
import type { AppError } from '../errors/app-error.ts'
import { createStore, type Readable } from '../lib/store.ts'
import type { AuthStore } from './auth-store.ts'

/** The member's active sessions, one per device. */
export type DeviceListState =
  | { readonly status: 'loading' }
  /** Last used first. `isRevoking` while sessions are being revoked. */
  | { readonly status: 'loaded'; readonly sessions: readonly ActiveSession[]; readonly isRevoking: boolean }
  | { readonly status: 'failed'; readonly error: AppError }

export interface DeviceStore extends Readable<DeviceListState> {
  readonly load: () => Promise<void>
  /** Revokes one session and loads the list again. Revoking the current session signs out. */
  readonly revoke: (id: string) => Promise<void>
  /** Revokes every session, including the current one, and signs out. */
  readonly revokeAll: () => Promise<void>
}

export interface DeviceStoreDeps {
  readonly auth: Pick<AuthStore, 'withToken' | 'signOut' | 'clear'>
  readonly api: Pick<ApiClient, 'listSessions' | 'revoke' | 'logoutEverywhere'>
  readonly toAppError: (error: unknown) => AppError
}

export function createDeviceStore({ auth, api, toAppError }: DeviceStoreDeps): DeviceStore {
  const state = createStore<DeviceListState>({ status: 'loading' })
  /** Number of the latest request; results of earlier ones are ignored. */
  let latest = 0

  /** Runs `change`, then loads the list. */
  async function reloadAfter(change: () => Promise<unknown>) {
    const request = ++latest
    const loaded = await change()
      .then(() => auth.withToken(api.listSessions))
      .then(
        ({ sessions }): DeviceListState => ({ status: 'loaded', sessions, isRevoking: false }),
        (error: unknown): DeviceListState => ({ status: 'failed', error: toAppError(error) }),
      )
    if (request === latest) state.set(loaded)
  }

  function reset() {
    latest++
    state.set({ status: 'loading' })
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    load() {
      state.set({ status: 'loading' })
      return reloadAfter(() => Promise.resolve())
    },
    async revoke(id) {
      const current = state.get()
      if (current.status !== 'loaded' || current.isRevoking) return
      const session = current.sessions.find((candidate) => candidate.id === id)
      if (session?.isCurrent) {
        auth.signOut()
        return reset()
      }
      state.set({ ...current, isRevoking: true })
      await reloadAfter(() => auth.withToken((token) => api.revoke(token, { id })))
    },
    async revokeAll() {
      const current = state.get()
      if (current.status === 'loaded') state.set({ ...current, isRevoking: true })
      try {
        await auth.withToken(api.logoutEverywhere)
        auth.clear()
        reset()
      } catch (error) {
        latest++
        state.set({ status: 'failed', error: toAppError(error) })
      }
    },
  }
}
