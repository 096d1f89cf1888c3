import type { TokenPair } from '@kinpass/contracts'
import type { Api } from '../api/api.ts'
import { isRefusal } from '../errors/app-error.ts'

/** Ends a session on the server, as far as that can be done; it never fails. */
export type EndOnServer = (pair: Pick<TokenPair, 'token' | 'refreshToken'>) => Promise<void>

/** Nobody waits for it: on this phone the session is over whether the server hears of it or not. */
export function createEndOnServer({ logout, renew }: Pick<Api, 'logout' | 'renew'>): EndOnServer {
  return async ({ token, refreshToken }) => {
    try {
      await logout(token).catch(async (error: unknown) => {
        if (!isRefusal(error)) throw error
        // An access token that is over ends nothing: the next one does.
        const next = await renew({ refreshToken })
        await logout(next.token)
      })
    } catch {
      // Unheard, it ends by itself when nobody renews it.
    }
  }
}
