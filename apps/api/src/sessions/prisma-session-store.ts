import type { PrismaClientOrTransaction } from '../database/prisma-client.ts'
import type { LoginSession } from '../generated/prisma/client.ts'
import type { SessionEndReason, SessionStore, StoredSession } from './session-store.ts'

/** Sessions in PostgreSQL, through the client or in a transaction. */
export function createPrismaSessionStore(
  queries: Pick<PrismaClientOrTransaction, 'loginSession' | '$executeRaw'>,
): SessionStore {
  const { loginSession } = queries

  return {
    // In SQL: a model's insert needs several times its CPU, at every login.
    async start({ id, memberId, loginKey, repeatKey, isFirst, installationHash, ...session }) {
      const { deviceName, refreshHash, salt, keyId, startedAt, expiresAt } = session
      // A parallel login with the same code waits for this insert, and then inserts nothing.
      const count = await queries.$executeRaw`
        INSERT INTO login_session (id, member_id, login_key, repeat_key, is_first, installation_hash, device_name,
          refresh_hash, salt, key_id, started_at, rotated_at, last_used_at, expires_at)
        VALUES (${id}::uuid, ${memberId}, ${loginKey}, ${repeatKey}, ${isFirst}, ${installationHash}, ${deviceName},
          ${refreshHash}, ${salt}, ${keyId}, ${startedAt}, ${startedAt}, ${startedAt}, ${expiresAt})
        ON CONFLICT DO NOTHING`
      return count === 1
    },

    async rotate({ id, fromGeneration, at, ...next }) {
      const { count } = await loginSession.updateMany({
        where: { id, generation: fromGeneration, endedAt: null },
        data: { ...next, generation: fromGeneration + 1, rotatedAt: at, lastUsedAt: at },
      })
      return count === 1
    },

    async listActive(memberId, { at, idleSince }) {
      const rows = await loginSession.findMany({
        where: { memberId, endedAt: null, expiresAt: { gt: at }, lastUsedAt: { gt: idleSince } },
        orderBy: { lastUsedAt: 'desc' },
        take: 100,
      })
      return rows.map(toStoredSession)
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

/** Converts a row; `loginKey` is left out. */
export function toStoredSession(row: Omit<LoginSession, 'loginKey'> & { loginKey?: string }): StoredSession {
  const { loginKey: _, endReason, ...session } = row
  return { ...session, endReason: endReason as SessionEndReason | null } // Written by `end` and `endAll` only.
}
