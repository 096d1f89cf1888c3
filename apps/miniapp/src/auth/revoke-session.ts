import type { TokenPair } from '@kinpass/contracts'
import type { ApiClient } from '../api/api-client.ts'
import { isAuthRejected } from '../errors/app-error.ts'

/** Ends a session on the server, best effort; never rejects. */
export type RevokeOnServer = (pair: Pick<TokenPair, 'token' | 'refreshToken'>) => Promise<void>

export function createRevokeOnServer({ logout, renew }: Pick<ApiClient, 'logout' | 'renew'>): RevokeOnServer {
  return async ({ token, refreshToken }) => {
    try {
      await logout(token).catch(async (error: unknown) => {
        if (!isAuthRejected(error)) throw error
        // The access token is expired: `logout` needs a renewed one.
        const next = await renew({ refreshToken })
        await logout(next.token)
      })
    } catch {
      // A session that is not renewed expires on the server.
    }
  }
}
