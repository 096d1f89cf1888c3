import { Failure } from '@kinpass/contracts'
import type { StoredMember } from '../members/members.ts'

/** Refuses a member who is banned or whose account is closed. */
export function refuseUnwelcome(member: Pick<StoredMember, 'status' | 'deletedAt'>): void {
  if (member.deletedAt !== null) throw new Failure('MEMBER_UNKNOWN')
  if (member.status === 'banned') throw new Failure('MEMBER_BANNED')
}
