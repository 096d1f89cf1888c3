import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { migrate } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open-database.ts'

const cache = path.resolve(import.meta.dirname, '../node_modules/.cache/kinpass')

/** A migrated PGlite folder to copy. Making one takes seconds, so it is kept until PGlite or the migrations change. */
export async function pgliteTemplate(migrations: string): Promise<string> {
  const folder = path.join(cache, `pglite-${await fingerprint(migrations)}`)
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const unfinished = path.join(cache, `making-${process.pid}`)
  {
    await using database = await openDatabase(`pglite:${unfinished}`)
    await migrate(database.pool, migrations)
  }
  // Another test run may have been faster; its template is as good.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }))
  return folder
}

async function fingerprint(migrations: string): Promise<string> {
  const hash = createHash('sha256')
  hash.update(createRequire(import.meta.url).resolve('@electric-sql/pglite')) // names the version
  for (const file of (await readdir(migrations, { recursive: true })).sort()) {
    if (file.endsWith('.sql')) hash.update(file).update(await readFile(path.join(migrations, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
