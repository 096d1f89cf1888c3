import { Failure } from '@kinpass/contracts'
import { AuditSubject } from '../audit/audit-subject.ts'
import type { StoredMember } from './member-store.ts'

/** Throws `MEMBER_UNKNOWN` for a closed account and `MEMBER_BANNED` for a banned member. */
export function assertMemberActive(
  member: Pick<StoredMember, 'id' | 'status' | 'deletedAt'>,
  sessionId?: string,
): void {
  const cause = () => new AuditSubject(member.id, sessionId)
  if (member.deletedAt !== null) throw new Failure('MEMBER_UNKNOWN', { cause: cause() })
  if (member.status === 'banned') throw new Failure('MEMBER_BANNED', { cause: cause() })
}
