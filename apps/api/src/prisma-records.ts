import { createPrismaAudit } from './audit/prisma-audit.ts'
import type { Prisma, PrismaQueries } from './database/prisma-client.ts'
import { createPrismaMembers } from './members/prisma-members.ts'
import type { RecordStore, Records } from './records.ts'
import { createPrismaSessions } from './session/prisma-sessions.ts'

/** All that lasts, in PostgreSQL. */
export function createPrismaRecords(prisma: Prisma): RecordStore {
  return {
    ...recordsThrough(prisma),
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
