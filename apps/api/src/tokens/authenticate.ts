import { Failure } from '@kinpass/contracts'
import { refuseOver, type SessionLife } from '../sessions/session-policy.ts'
import type { SessionOfMember, Sessions } from '../sessions/session-store.ts'
import type { AccessTokens } from './access-token.ts'
import { readBearer } from './read-bearer.ts'

/** Finds the session and the member behind an `authorization` header, or throws why there is none. */
export type CurrentSession = (authorization: string | undefined) => Promise<SessionOfMember>

/** A token proves who came; the rows decide whether they may: a ban or a revocation acts on live tokens at once. */
export function createCurrentSession(parts: {
  sessions: Sessions
  accessTokens: AccessTokens
  life: SessionLife
  clock: () => Date
}): CurrentSession {
  const { sessions, accessTokens, life, clock } = parts

  return async (authorization) => {
    const claims = await accessTokens.read(readBearer(authorization))
    const found = await sessions.byId(claims.sessionId)
    if (!found || found.member.id !== claims.memberId) throw new Failure('SESSION_ENDED')
    refuseOver(found, life, clock())
    return found
  }
}
