import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import type pg from 'pg'
import { openDatabase } from '../src/database/open-database.ts'
import { createEngineAdapter } from './engine-adapter.ts'
import { loadSchemaEngine } from './load-schema-engine.ts'

/** Opens Prisma's schema engine on a database, with an in-memory shadow database. */
export async function openSchemaEngine(
  database: pg.Pool,
): Promise<{ engine: SchemaEngine } & AsyncDisposable> {
  const SchemaEngineClass = await loadSchemaEngine()
  const shadow = await openDatabase('pglite:memory')
  const adapter = bindMigrationAwareSqlAdapterFactory(createEngineAdapter(database, shadow.pool))
  const engine = await SchemaEngineClass.new({ datamodels: undefined }, () => {}, adapter)
  return {
    engine,
    async [Symbol.asyncDispose]() {
      engine.free()
      await shadow[Symbol.asyncDispose]()
    },
  }
}
