import type { PrismaClientOrTransaction } from '../database/prisma-client.ts'
import type { AuditLog } from './audit-log.ts'

/** Stores the audit log in PostgreSQL. */
export function createPrismaAuditLog(
  queries: Pick<PrismaClientOrTransaction, 'loginEvent' | '$executeRaw'>,
): AuditLog {
  const { loginEvent } = queries

  return {
    // Raw SQL, because Prisma's `create` takes several times the CPU, and every login and renewal writes a row.
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
