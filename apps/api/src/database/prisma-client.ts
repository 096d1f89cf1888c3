import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient, type Prisma as PrismaTypes } from '../generated/prisma/client.ts'

export type Prisma = PrismaClient

/** What queries are made through: the client, or one of its transactions. */
export type PrismaQueries = PrismaClient | PrismaTypes.TransactionClient

/** Joins Prisma to a pool, which stays the caller's to end. */
export function createPrisma(pool: pg.Pool): Prisma {
  return new PrismaClient({ adapter: new PrismaPg(pool) })
}
