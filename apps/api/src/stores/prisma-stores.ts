import { createPrismaAudit } from '../audit/prisma-audit-log.ts'
import type { Database } from '../database/open-database.ts'
import type { PrismaQueries } from '../database/prisma-client.ts'
import { createPrismaMembers } from '../members/prisma-member-store.ts'
import { createFindSession } from '../sessions/find-session.ts'
import { createPrismaSessions } from '../sessions/prisma-session-store.ts'
import type { RecordStore, Records } from './stores.ts'

/** All that lasts, in PostgreSQL. */
export function createPrismaRecords({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>): RecordStore {
  const records = recordsThrough(prisma)
  return {
    ...records,
    sessions: { ...records.sessions, ...createFindSession(pool) },
    transaction: (work) => prisma.$transaction((tx) => work(recordsThrough(tx))),
  }
}

function recordsThrough(queries: PrismaQueries): Records {
  return {
    members: createPrismaMembers(queries),
    sessions: createPrismaSessions(queries),
    audit: createPrismaAudit(queries),
  }
}
