import type { PrismaQueries } from '../database/prisma-client.ts'
import type { Audit } from './audit-log.ts'

/** The audit in PostgreSQL, through the client or inside one of its transactions. */
export function createPrismaAudit(queries: Pick<PrismaQueries, 'loginEvent' | '$executeRaw'>): Audit {
  const { loginEvent } = queries

  return {
    // In SQL, as a model's insert costs several times its CPU, and every login and renewal makes one.
    async record({ at, kind, requestId, ...event }) {
      const { memberId = null, sessionId = null, procedure = null, failure = null, rid = null } = event
      const { addressHash = null } = event
      await queries.$executeRaw`
        INSERT INTO login_event (at, kind, member_id, session_id, procedure, failure, rid, address_hash, request_id)
        VALUES (${at}, ${kind}, ${memberId}, ${sessionId}::uuid, ${procedure}, ${failure}, ${rid}, ${addressHash},
          ${requestId})`
    },

    async purge(before) {
      const { count } = await loginEvent.deleteMany({ where: { at: { lt: before } } })
      return count
    },
  }
}
