import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient, type Prisma as PrismaTypes } from '../generated/prisma/client.ts'

export type Prisma = PrismaClient

/** What queries are made through: the client, or one of its transactions. */
export type PrismaQueries = PrismaClient | PrismaTypes.TransactionClient

/** How long a transaction may wait for a connection. On PGlite, which has one, all transactions queue for it. */
const TRANSACTION_WAIT_MS = 10_000

/** Joins Prisma to a pool, which stays the caller's to end. */
export function createPrisma(pool: pg.Pool): Prisma {
  return new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS },
  })
}
