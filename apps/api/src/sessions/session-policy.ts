import { Failure } from '@kinpass/contracts'
import { Refused } from '../audit/audit-subject.ts'
import { refuseUnwelcome } from '../members/assert-member-active.ts'
import type { SessionOfMember, StoredSession } from './session-store.ts'

/** How long sessions live. */
export interface SessionLife {
  /** From its last renewal. */
  readonly idleSeconds: number
  /** From its beginning. */
  readonly absoluteSeconds: number
  /** How long after a rotation the token before it still gets the same answer. */
  readonly graceSeconds: number
}

function isLive(session: StoredSession, life: SessionLife, now: Date): boolean {
  const idleUntil = session.lastUsedAt.getTime() + life.idleSeconds * 1000
  return session.endedAt === null && now.getTime() < Math.min(idleUntil, session.expiresAt.getTime())
}

/** Refuses an unwelcome member and a session that is over. */
export function refuseOver({ session, member }: SessionOfMember, life: SessionLife, now: Date): void {
  refuseUnwelcome(member, session.id)
  if (isLive(session, life, now)) return
  const byMember = session.endReason === 'revoked' || session.endReason === 'logout-everywhere'
  throw new Failure(byMember ? 'SESSION_REVOKED' : 'SESSION_ENDED', {
    cause: new Refused(member.id, session.id),
  })
}
