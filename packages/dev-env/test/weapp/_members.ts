import type { AppOverrides } from '@kinpass/api'

type Stores = Parameters<NonNullable<AppOverrides['wrapStores']>>[0]
type MemberStore = Stores['members']
type SessionStore = Stores['sessions']
type FoundSession = Awaited<ReturnType<SessionStore['byId']>>
type StoredMember = NonNullable<Awaited<ReturnType<MemberStore['byOpenId']>>>

export interface BanList {
  /** Makes the API read every member of the list as banned. */
  readonly overrides: AppOverrides
  readonly add: (openId: string) => void
}

/** Creates a list of banned openids. A person may be banned before their member row exists. */
export function createBanList(): BanList {
  const banned = new Set<string>()

  function withBan(member: StoredMember): StoredMember {
    return member.openId !== null && banned.has(member.openId) ? { ...member, status: 'banned' } : member
  }
  function withBanIfFound(member: StoredMember | undefined) {
    return member && withBan(member)
  }
  function wrapMembers(members: MemberStore): MemberStore {
    return {
      byId: async (id) => withBanIfFound(await members.byId(id)),
      byOpenId: async (openId) => withBanIfFound(await members.byOpenId(openId)),
      async findOrCreate(identity) {
        const { member, isNew } = await members.findOrCreate(identity)
        return { member: withBan(member), isNew }
      },
    }
  }
  function wrapSessions(sessions: SessionStore): SessionStore {
    const withBannedMember = (found: FoundSession) => found && { ...found, member: withBan(found.member) }
    return {
      ...sessions,
      byId: async (id) => withBannedMember(await sessions.byId(id)),
      byLoginKey: async (digests) => withBannedMember(await sessions.byLoginKey(digests)),
    }
  }

  return {
    add: (openId) => void banned.add(openId),
    overrides: {
      wrapStores: (stores) => ({
        ...stores,
        members: wrapMembers(stores.members),
        sessions: wrapSessions(stores.sessions),
        transaction: (work) =>
          stores.transaction((inside) => work({ ...inside, members: wrapMembers(inside.members) })),
      }),
    },
  }
}
