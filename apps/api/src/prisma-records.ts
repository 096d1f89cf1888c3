import { createPrismaAudit } from './audit/prisma-audit.ts'
import type { Database } from './database/open-database.ts'
import type { PrismaQueries } from './database/prisma-client.ts'
import { createPrismaMembers } from './members/prisma-members.ts'
import type { RecordStore, Records } from './records.ts'
import { createFindSession } from './session/find-session.ts'
import { createPrismaSessions } from './session/prisma-sessions.ts'

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
