import type { LoginOutput, TokenPair } from '@kinpass/contracts'
import type { ApiClient } from '../api/api-client.ts'
import { isAuthRejected, isInterrupted, needsLoginCode } from '../errors/app-error.ts'
import type { LoginCodeCache } from './login-code-cache.ts'

/**
 * Gets fresh tokens without asking the person.
 *
 * Returns undefined when the API rejects the caller (`isAuthRejected`); throws every other error.
 */
export type RestoreTokens = (refreshToken: string | undefined) => Promise<TokenPair | LoginOutput | undefined>

/** Tries the refresh token first, then a login code if the API advises one. */
export function createRestoreTokens(
  { renew, resume }: Pick<ApiClient, 'renew' | 'resume'>,
  codes: Pick<LoginCodeCache, 'get' | 'invalidate'>,
): RestoreTokens {
  return async (refreshToken) => {
    if (refreshToken === undefined) return await resumeWithLoginCode()
    return await retryIfInterrupted(() => renew({ refreshToken })).catch((error: unknown) => {
      if (!isAuthRejected(error)) throw error
      return needsLoginCode(error) ? resumeWithLoginCode() : undefined
    })
  }

  async function resumeWithLoginCode() {
    const code = await codes.get()
    try {
      const output = await retryIfInterrupted(() => resume({ code }))
      codes.invalidate()
      return output
    } catch (error) {
      // The code of an unknown member stays valid: the API caches its exchange for a login that may follow.
      if (isAuthRejected(error)) return undefined
      codes.invalidate()
      throw error
    }
  }
}

/** Safe for `renew` and `resume`: the API returns the same result for the same request. */
async function retryIfInterrupted<Output>(send: () => Promise<Output>): Promise<Output> {
  return await send().catch((error: unknown) => {
    if (isInterrupted(error)) return send()
    throw error
  })
}
