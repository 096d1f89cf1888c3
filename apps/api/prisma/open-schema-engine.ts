import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import type pg from 'pg'
import { openDatabase } from '../src/database/open-database.ts'
import { createEngineAdapter } from './engine-adapter.ts'
import { loadSchemaEngine } from './load-schema-engine.ts'

export interface OpenSchemaEngine extends AsyncDisposable {
  readonly engine: SchemaEngine
}

/** Opens Prisma's schema engine on a database. Its shadow database is in memory. */
export async function openSchemaEngine(database: pg.Pool): Promise<OpenSchemaEngine> {
  const Engine = await loadSchemaEngine()
  const shadow = await openDatabase('pglite:memory')
  const adapter = bindMigrationAwareSqlAdapterFactory(createEngineAdapter(database, shadow.pool))
  const engine = await Engine.new({ datamodels: undefined }, () => {}, adapter)
  return {
    engine,
    async [Symbol.asyncDispose]() {
      engine.free()
      await shadow[Symbol.asyncDispose]()
    },
  }
}
