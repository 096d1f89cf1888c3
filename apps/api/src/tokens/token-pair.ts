import type { TokenPair } from '@kinpass/contracts'
import type { SessionOfMember } from '../sessions/session-store.ts'
import type { AccessTokens } from './access-token.ts'
import type { RefreshTokens } from './refresh-token.ts'

/** The tokens of a session's current generation. Made again, they are the same to the letter (with HS256). */
export type MakeTokenPair = (of: SessionOfMember) => Promise<TokenPair>

export function createTokenPairs(parts: {
  accessTokens: AccessTokens
  refreshTokens: RefreshTokens
  clock: () => Date
}): MakeTokenPair {
  const { accessTokens, refreshTokens, clock } = parts

  return async ({ session, member }) => {
    const claims = { memberId: member.id, memberName: member.name, sessionId: session.id }
    const ageSeconds = wholeSeconds(clock()) - wholeSeconds(session.rotatedAt)
    return {
      token: await accessTokens.issue(claims, session.rotatedAt),
      expiresInSeconds: Math.max(1, accessTokens.lifetimeSeconds - ageSeconds),
      refreshToken: refreshTokens.make(session),
    }
  }
}

/** JWTs count in whole seconds. */
function wholeSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
