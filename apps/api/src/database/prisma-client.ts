import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'

export type { PrismaClient } from '../generated/prisma/client.ts'

/** Accepts the client or an interactive transaction. */
export type PrismaClientOrTransaction = PrismaClient | Prisma.TransactionClient

/** How long a transaction may wait for a connection. On PGlite, which has one, all transactions wait for it. */
const TRANSACTION_MAX_WAIT_MS = 10_000

/** Creates a Prisma client on a pool. The caller ends the pool. */
export function createPrismaClient(pool: pg.Pool): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: TRANSACTION_MAX_WAIT_MS },
  })
}
