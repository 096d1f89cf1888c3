import type { Member } from '@kinpass/contracts'
import { maskPhone } from './mask-phone.ts'
import type { StoredMember } from './member-store.ts'

/** Converts a stored member to the contract's output. */
export function toMember(member: StoredMember): Member {
  return {
    id: String(member.id),
    nickName: member.name,
    avatar: member.avatar,
    gender: member.gender,
    maskedPhone: maskPhone(member.phone),
    joinedAt: member.createTime.toISOString(),
  }
}
