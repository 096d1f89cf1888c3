import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'

const LOCKFILE = 'migration_lock.toml'
const SCRIPT = 'migration.sql'

/** Reads the migrations of a directory in the schema engine's format. */
export async function readMigrations(directory: string): Promise<MigrationList> {
  const read = (...segments: string[]) => readFile(path.join(directory, ...segments), 'utf8')
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir: directory,
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
