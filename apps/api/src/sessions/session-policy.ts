import { Failure } from '@kinpass/contracts'
import { AuditSubject } from '../audit/audit-subject.ts'
import { assertMemberActive } from '../members/assert-member-active.ts'
import type { SessionWithMember, StoredSession } from './session-store.ts'

/** How long a session is valid. */
export interface SessionPolicy {
  /** Since its last renewal. */
  readonly idleSeconds: number
  /** Since its start. */
  readonly absoluteSeconds: number
  /** How long after a rotation the previous refresh token still gets the current pair. */
  readonly graceSeconds: number
}

/** Throws if the member is banned or closed, or if the session has ended or expired. */
export function assertSessionActive(
  { session, member }: SessionWithMember,
  policy: SessionPolicy,
  now: Date,
): void {
  assertMemberActive(member, session.id)
  if (isActive(session, policy, now)) return
  const isEndedByMember = session.endReason === 'revoked' || session.endReason === 'logout-everywhere'
  throw new Failure(isEndedByMember ? 'SESSION_REVOKED' : 'SESSION_ENDED', {
    cause: new AuditSubject(member.id, session.id),
  })
}

function isActive(session: StoredSession, policy: SessionPolicy, now: Date): boolean {
  const idleUntil = session.lastUsedAt.getTime() + policy.idleSeconds * 1000
  return session.endedAt === null && now.getTime() < Math.min(idleUntil, session.expiresAt.getTime())
}
