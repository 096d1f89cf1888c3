import { Failure, type RequestContext } from '@kinpass/contracts'
import { assertSessionActive, type SessionPolicy } from '../sessions/session-policy.ts'
import type { SessionFinder, SessionWithMember } from '../sessions/session-store.ts'
import type { AccessTokenCodec } from './access-token.ts'

/** Returns the session and the member of a request's access token, or throws the failure that prevents it. */
export type Authenticate = (ctx: Pick<RequestContext, 'authorization'>) => Promise<SessionWithMember>

/**
 * The token identifies the session; the database row decides whether it is valid.
 *
 * So a ban or a revocation takes effect at once, also for access tokens that have not expired.
 */
export function createAuthenticate(deps: {
  sessions: Pick<SessionFinder, 'byId'>
  accessTokens: AccessTokenCodec
  policy: SessionPolicy
  clock: () => Date
}): Authenticate {
  const { sessions, accessTokens, policy, clock } = deps

  return async ({ authorization }) => {
    const claims = await accessTokens.verify(parseBearer(authorization))
    const found = await sessions.byId(claims.sessionId)
    if (!found || found.member.id !== claims.memberId) throw new Failure('SESSION_ENDED')
    assertSessionActive(found, policy, clock())
    return found
  }
}

/** The scheme `Bearer` is optional. */
function parseBearer(authorization: string | undefined): string {
  const token = authorization?.replace(/^Bearer(?:\s+|$)/i, '').trim()
  if (!token) throw new Failure('TOKEN_MISSING')
  return token
}
