import type { PrismaQueries } from '../database/prisma-client.ts'
import type { FamilyMember, LoginSession } from '../generated/prisma/client.ts'
import { toMember } from '../members/prisma-member-store.ts'
import type { SessionEnd, SessionOfMember, Sessions, StoredSession } from './session-store.ts'

/** Sessions in PostgreSQL, through the client or inside one of its transactions. */
export function createPrismaSessions(queries: Pick<PrismaQueries, 'loginSession' | '$executeRaw'>): Sessions {
  const { loginSession } = queries
  const withMember = { include: { member: true } } as const

  return {
    // In SQL, as a model's insert costs several times its CPU, and a login waits for it.
    async begin({ id, memberId, loginKey, repeatKey, isFirst, installationHash, ...session }) {
      const { deviceName, refreshHash, salt, keyId, startedAt, expiresAt } = session
      // A parallel repetition of the same login waits for this one, and then writes nothing.
      const count = await queries.$executeRaw`
        INSERT INTO login_session (id, member_id, login_key, repeat_key, is_first, installation_hash, device_name,
          refresh_hash, salt, key_id, started_at, rotated_at, last_used_at, expires_at)
        VALUES (${id}::uuid, ${memberId}, ${loginKey}, ${repeatKey}, ${isFirst}, ${installationHash}, ${deviceName},
          ${refreshHash}, ${salt}, ${keyId}, ${startedAt}, ${startedAt}, ${startedAt}, ${expiresAt})
        ON CONFLICT DO NOTHING`
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
