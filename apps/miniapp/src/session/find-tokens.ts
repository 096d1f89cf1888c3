import type { LoginOutput, TokenPair } from '@kinpass/contracts'
import type { Api } from '../api/api.ts'
import { isRefusal, wasInterrupted } from '../api/trouble.ts'
import type { LoginCodes } from '../login/login-code.ts'

/** Finds tokens without asking the person: undefined where the API knows nobody here; throws where it could not be asked. */
export type FindTokens = (refreshToken: string | undefined) => Promise<TokenPair | LoginOutput | undefined>

/**
 * The refresh token first; then, once, a login code. Each is sent again when its answer was lost: the API gives
 * whoever repeats it the same one.
 */
export function createFindTokens(
  { renew, resume }: Pick<Api, 'renew' | 'resume'>,
  codes: Pick<LoginCodes, 'take' | 'drop'>,
): FindTokens {
  return async (refreshToken) =>
    (refreshToken === undefined ? undefined : await unlessRefused(() => renew({ refreshToken }))) ??
    (await resumed())

  /** The code of a stranger stays good: the API keeps what WeChat said of it, for the login that may follow. */
  async function resumed() {
    const code = await codes.take()
    const found = await unlessRefused(() => resume({ code })).catch((error: unknown) => {
      codes.drop()
      throw error
    })
    if (found) codes.drop()
    return found
  }
}

async function unlessRefused<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask().catch((error: unknown) => {
      if (wasInterrupted(error)) return ask()
      throw error
    })
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}
