import type { TokenPair } from '@kinpass/contracts'
import type { SessionWithMember } from '../sessions/session-store.ts'
import type { AccessTokenCodec } from './access-token.ts'
import type { RefreshTokenCodec } from './refresh-token.ts'

/**
 * Returns the token pair of a session's current generation.
 *
 * Deterministic with HS256: repeated calls return identical tokens. ES256 signatures differ.
 */
export type IssueTokens = (of: SessionWithMember) => Promise<TokenPair>

export function createIssueTokens(deps: {
  accessTokens: AccessTokenCodec
  refreshTokens: RefreshTokenCodec
  clock: () => Date
}): IssueTokens {
  const { accessTokens, refreshTokens, clock } = deps

  return async ({ session, member }) => {
    const claims = { memberId: member.id, memberName: member.name, sessionId: session.id }
    const ageSeconds = toWholeSeconds(clock()) - toWholeSeconds(session.rotatedAt)
    return {
      token: await accessTokens.issue(claims, session.rotatedAt),
      expiresInSeconds: Math.max(1, accessTokens.lifetimeSeconds - ageSeconds),
      refreshToken: refreshTokens.create(session),
    }
  }
}

/** JWT times are whole seconds. */
function toWholeSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
