import type { Member } from '@kinpass/contracts'
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

const MAINLAND = /^(?:\+?86)?(1\d{10})$/

/**
 * Masks a phone number: `138****8915` for mainland China, `+141****2671` elsewhere.
 *
 * A shorter number shows fewer digits. The mask is always four asterisks.
 */
export function maskPhone(phone: string): string {
  const mainland = MAINLAND.exec(phone)?.[1]
  const sign = mainland === undefined && phone.startsWith('+') ? '+' : ''
  const digits = mainland ?? phone.replace(/\D/g, '')
  const [head, tail] = digits.length >= 11 ? [3, 4] : digits.length >= 8 ? [2, 2] : [0, 0]
  return head === 0 ? '****' : `${sign}${digits.slice(0, head)}****${digits.slice(-tail)}`
}
