import type { CreateMigrationOutput, MigrationList } from '@prisma/schema-engine-wasm'
import { openDatabase } from '../src/database/open-database.ts'
import { openSchemaEngine } from './open-schema-engine.ts'

const EVERYTHING = { externalTables: [], externalEnums: [] }

/**
 * Works out the migration that leads from the existing ones to a schema. Its script is null when nothing is lacking,
 * and begins with warnings when data would be lost.
 */
export async function generateMigration(
  name: string,
  schema: string,
  migrations: MigrationList,
): Promise<CreateMigrationOutput> {
  await using empty = await openDatabase('pglite:memory')
  await using opened = await openSchemaEngine(empty.pool)
  await opened.engine.applyMigrations({ migrationsList: migrations, filters: EVERYTHING })
  // The engine learns of its shadow database here; createMigration alone does not find it.
  await opened.engine.devDiagnostic({ migrationsList: migrations, filters: EVERYTHING })
  return await opened.engine.createMigration({
    migrationName: name,
    draft: false,
    migrationsList: migrations,
    schema: { files: [{ path: 'schema.prisma', content: schema }] },
    filters: EVERYTHING,
  })
}
