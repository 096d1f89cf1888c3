import type { Seams } from '@kinpass/api'

type RecordStore = Parameters<NonNullable<Seams['aroundRecords']>>[0]
type StoredMember = NonNullable<Awaited<ReturnType<RecordStore['members']['byOpenId']>>>

export interface Bans {
  readonly overrides: Seams
  readonly add: (openId: string) => void
}

/** Bans people as an administrator would, whether they have a row already or not. */
export function createBans(): Bans {
  const banned = new Set<string>()

  function judge(member: StoredMember): StoredMember {
    return member.openId !== null && banned.has(member.openId) ? { ...member, status: 'banned' } : member
  }
  function aroundMembers(members: RecordStore['members']): RecordStore['members'] {
    return {
      byId: async (id) => optional(await members.byId(id)),
      byOpenId: async (openId) => optional(await members.byOpenId(openId)),
      async enter(arrival) {
        const { member, isNew } = await members.enter(arrival)
        return { member: judge(member), isNew }
      },
    }
  }
  function optional(member: StoredMember | undefined) {
    return member && judge(member)
  }

  return {
    add: (openId) => void banned.add(openId),
    overrides: {
      aroundRecords: (records) => ({
        ...records,
        members: aroundMembers(records.members),
        transaction: (work) =>
          records.transaction((inside) => work({ ...inside, members: aroundMembers(inside.members) })),
      }),
    },
  }
}
