import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open-database.ts'
import { createPGliteTemplate } from './_pglite-template.ts'
import { findPostgres, startPostgres } from './_postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated PGlite directory, to be copied and never opened. */
    pgliteTemplate: string
    /** A PostgreSQL server whose new databases are migrated, or the reason why there is none. */
    postgres: { url: string } | { missing: string }
  }
}

const migrations = path.resolve(import.meta.dirname, '../prisma/migrations')

/** Runs once before all test files. Creates the databases that `_databases.ts` copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('pgliteTemplate', await createPGliteTemplate(migrations))
  const found = findPostgres()
  if ('missing' in found) {
    project.provide('postgres', found)
    return async () => {}
  }
  const server = await startPostgres(found.programs)
  // CREATE DATABASE copies template1.
  await using template = await openDatabase(server.url('template1'))
  await migrate(template.pool, migrations)
  project.provide('postgres', { url: server.url('postgres') })
  return async () => server[Symbol.asyncDispose]()
}
