import { createPrismaAuditLog } from '../audit/prisma-audit-log.ts'
import type { Database } from '../database/open-database.ts'
import type { PrismaClientOrTransaction } from '../database/prisma-client.ts'
import { createPrismaMemberStore } from '../members/prisma-member-store.ts'
import { createPrismaSessionStore, createSessionFinder } from '../sessions/prisma-session-store.ts'
import type { Stores, StoresWithTransaction } from './stores.ts'

/** The stores in PostgreSQL. */
export function createPrismaStores({
  prisma,
  pool,
}: Pick<Database, 'prisma' | 'pool'>): StoresWithTransaction {
  const stores = createStores(prisma)
  return {
    ...stores,
    sessions: { ...stores.sessions, ...createSessionFinder(pool) },
    transaction: (work) => prisma.$transaction((tx) => work(createStores(tx))),
  }
}

function createStores(client: PrismaClientOrTransaction): Stores {
  return {
    members: createPrismaMemberStore(client),
    sessions: createPrismaSessionStore(client),
    audit: createPrismaAuditLog(client),
  }
}
