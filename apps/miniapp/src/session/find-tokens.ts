import type { LoginOutput, TokenPair } from '@kinpass/contracts'
import type { Api } from '../api/api.ts'
import { isRefusal, wasInterrupted } from '../api/trouble.ts'

/** Finds tokens without asking the person: undefined where the API knows nobody here; throws where it could not be asked. */
export type FindTokens = (refreshToken: string | undefined) => Promise<TokenPair | LoginOutput | undefined>

/**
 * The refresh token first; then, once, a fresh code of `wx.login`. Each is sent again when its answer was lost:
 * the API gives whoever repeats it the same one.
 */
export function createFindTokens(
  { renew, resume }: Pick<Api, 'renew' | 'resume'>,
  fetchCode: () => Promise<string>,
): FindTokens {
  return async (refreshToken) =>
    (refreshToken === undefined ? undefined : await unlessRefused(() => renew({ refreshToken }))) ??
    (await unlessRefused(resumeWith(await fetchCode())))

  function resumeWith(code: string) {
    return () => resume({ code })
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
