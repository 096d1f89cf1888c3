import type { CreateMigrationOutput, MigrationList } from '@prisma/schema-engine-wasm'
import { openDatabase } from '../src/database/open-database.ts'
import { openSchemaEngine } from './open-schema-engine.ts'

const NO_FILTERS = { externalTables: [], externalEnums: [] }

/**
 * Generates the migration from the existing migrations to a schema. The script is null if the schema has not changed,
 * and starts with warnings if the migration would delete data.
 */
export async function generateMigration(
  name: string,
  schema: string,
  migrations: MigrationList,
): Promise<CreateMigrationOutput> {
  await using empty = await openDatabase('pglite:memory')
  await using opened = await openSchemaEngine(empty.pool)
  const { engine } = opened
  await engine.applyMigrations({ migrationsList: migrations, filters: NO_FILTERS })
  // Required before createMigration: this call connects the engine to its shadow database.
  await engine.devDiagnostic({ migrationsList: migrations, filters: NO_FILTERS })
  return await engine.createMigration({
    migrationName: name,
    draft: false,
    migrationsList: migrations,
    schema: { files: [{ path: 'schema.prisma', content: schema }] },
    filters: NO_FILTERS,
  })
}
