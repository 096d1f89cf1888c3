import type { LoginOutput, TokenPair } from '@kinpass/contracts'
import type { Api } from '../api/api.ts'
import { isRefusal, wantsLoginCode, wasInterrupted } from '../errors/app-error.ts'
import type { LoginCodes } from './login-code-cache.ts'

/** Finds tokens without asking the person: undefined where the API knows nobody here; throws where it could not be asked. */
export type FindTokens = (refreshToken: string | undefined) => Promise<TokenPair | LoginOutput | undefined>

/**
 * The refresh token first; then, once and where the API says that it helps, a login code. Each is sent again when its
 * answer was lost: the API gives whoever repeats it the same one.
 */
export function createFindTokens(
  { renew, resume }: Pick<Api, 'renew' | 'resume'>,
  codes: Pick<LoginCodes, 'take' | 'drop'>,
): FindTokens {
  return async (refreshToken) => {
    if (refreshToken === undefined) return await resumed()
    return await repeatIfLost(() => renew({ refreshToken })).catch((error: unknown) => {
      if (!isRefusal(error)) throw error
      return wantsLoginCode(error) ? resumed() : undefined
    })
  }

  async function resumed() {
    const code = await codes.take()
    try {
      const found = await repeatIfLost(() => resume({ code }))
      codes.drop()
      return found
    } catch (error) {
      // The code of a stranger stays good: the API keeps what WeChat said of it, for the login that may follow.
      if (isRefusal(error)) return undefined
      codes.drop()
      throw error
    }
  }
}

async function repeatIfLost<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return await ask().catch((error: unknown) => {
    if (wasInterrupted(error)) return ask()
    throw error
  })
}
