import type { PrismaQueries } from '../database/prisma-client.ts'
import type { Audit } from './audit.ts'

/** The audit in PostgreSQL, through the client or inside one of its transactions. */
export function createPrismaAudit({ loginEvent }: Pick<PrismaQueries, 'loginEvent'>): Audit {
  return {
    async record(event) {
      await loginEvent.createMany({ data: event })
    },

    async purge(before) {
      const { count } = await loginEvent.deleteMany({ where: { at: { lt: before } } })
      return count
    },
  }
}
