import { Failure } from '@kinpass/contracts'
import { Refused } from '../audit/audit-subject.ts'
import type { StoredMember } from './member-store.ts'

/** Refuses a member who is banned or whose account is closed. */
export function refuseUnwelcome(
  member: Pick<StoredMember, 'id' | 'status' | 'deletedAt'>,
  sessionId?: string,
): void {
  const cause = () => new Refused(member.id, sessionId)
  if (member.deletedAt !== null) throw new Failure('MEMBER_UNKNOWN', { cause: cause() })
  if (member.status === 'banned') throw new Failure('MEMBER_BANNED', { cause: cause() })
}
