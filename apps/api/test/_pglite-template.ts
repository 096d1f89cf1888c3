import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { migrate } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open-database.ts'

const cache = path.resolve(import.meta.dirname, '../node_modules/.cache/kinpass')

/** Returns a migrated PGlite directory to copy. It is cached until PGlite or the migrations change. */
export async function createPGliteTemplate(migrations: string): Promise<string> {
  const directory = path.join(cache, `pglite-${await fingerprint(migrations)}`)
  if (existsSync(directory)) return directory
  await mkdir(cache, { recursive: true })
  const unfinished = path.join(cache, `unfinished-${process.pid}`)
  {
    await using database = await openDatabase(`pglite:${unfinished}`)
    await migrate(database.pool, migrations)
  }
  // A parallel test run may have created it first.
  await rename(unfinished, directory).catch(() => rm(unfinished, { recursive: true }))
  return directory
}

async function fingerprint(migrations: string): Promise<string> {
  const hash = createHash('sha256')
  hash.update(createRequire(import.meta.url).resolve('@electric-sql/pglite')) // The path contains the version.
  for (const file of (await readdir(migrations, { recursive: true })).sort()) {
    if (file.endsWith('.sql')) hash.update(file).update(await readFile(path.join(migrations, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
