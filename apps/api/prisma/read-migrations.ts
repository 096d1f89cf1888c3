import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'

const LOCKFILE = 'migration_lock.toml'
const SCRIPT = 'migration.sql'

/** Reads a folder of migrations in the form that the schema engine asks for. */
export async function readMigrations(folder: string): Promise<MigrationList> {
  const read = (...place: string[]) => readFile(path.join(folder, ...place), 'utf8')
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir: folder,
    lockfile: { path: LOCKFILE, content: await read(LOCKFILE) },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: { path: SCRIPT, content: { tag: 'ok', value: await read(name, SCRIPT) } as const },
      })),
    ),
  }
}
