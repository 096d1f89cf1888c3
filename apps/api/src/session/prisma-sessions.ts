import type { PrismaQueries } from '../database/prisma-client.ts'
import type { FamilyMember, LoginSession } from '../generated/prisma/client.ts'
import { toMember } from '../members/prisma-members.ts'
import type { SessionEnd, SessionOfMember, Sessions, StoredSession } from './sessions.ts'

/** Sessions in PostgreSQL, through the client or inside one of its transactions. */
export function createPrismaSessions({ loginSession }: Pick<PrismaQueries, 'loginSession'>): Sessions {
  const withMember = { include: { member: true } } as const

  return {
    async begin(session) {
      const { startedAt } = session
      // ON CONFLICT DO NOTHING: a parallel repetition of the same login waits for this one, then yields no row.
      const { count } = await loginSession.createMany({
        data: { ...session, rotatedAt: startedAt, lastUsedAt: startedAt },
        skipDuplicates: true,
      })
      return count === 1
    },

    byLoginKey: async (names) =>
      toSessionOfMember(
        await loginSession.findFirst({ where: { loginKey: { in: [...names] } }, ...withMember }),
      ),

    byId: async (id) => toSessionOfMember(await loginSession.findUnique({ where: { id }, ...withMember })),

    async rotate({ id, fromGeneration, at, ...next }) {
      const { count } = await loginSession.updateMany({
        where: { id, generation: fromGeneration, endedAt: null },
        data: { ...next, generation: fromGeneration + 1, rotatedAt: at, lastUsedAt: at },
      })
      return count === 1
    },

    async liveOf(memberId, { at, idleSince }) {
      const rows = await loginSession.findMany({
        where: { memberId, endedAt: null, expiresAt: { gt: at }, lastUsedAt: { gt: idleSince } },
        orderBy: { lastUsedAt: 'desc' },
        take: 100,
      })
      return rows.map(toSession)
    },

    async end({ id, memberId, reason, at }) {
      const { count } = await loginSession.updateMany({
        where: { id, memberId, endedAt: null },
        data: { endedAt: at, endReason: reason },
      })
      return count === 1
    },

    async endAll({ memberId, reason, at }) {
      const { count } = await loginSession.updateMany({
        where: { memberId, endedAt: null },
        data: { endedAt: at, endReason: reason },
      })
      return count
    },
  }
}

function toSessionOfMember(
  row: (LoginSession & { member: FamilyMember }) | null,
): SessionOfMember | undefined {
  if (!row) return undefined
  const { member, ...session } = row
  return { session: toSession(session), member: toMember(member) }
}

/** A row as the rest of the service sees it; the login key stays behind. */
export function toSession(row: Omit<LoginSession, 'loginKey'> & { loginKey?: string }): StoredSession {
  const { loginKey: _, endReason, ...session } = row
  return { ...session, endReason: endReason as SessionEnd | null } // written by `end` and `endAll` alone
}
