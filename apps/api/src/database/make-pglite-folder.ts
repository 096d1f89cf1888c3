import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

const MAKE = 'require(process.argv[1]).PGlite.create(process.argv[2]).then((made) => made.close())'

/**
 * Makes an empty database in a folder that holds none.
 *
 * It happens in a process of its own, since it takes 800 MB that PGlite never gives back, and beside its place,
 * so that a start that is interrupted leaves nothing half made.
 */
export async function makePGliteFolder(folder: string): Promise<void> {
  if (existsSync(path.join(folder, 'PG_VERSION'))) return
  await removeUnfinished(folder)
  const unfinished = `${folder}${UNFINISHED}${process.pid}`
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  await promisify(execFile)(process.execPath, ['--eval', MAKE, pglite, unfinished])
  await rename(unfinished, folder)
}

const UNFINISHED = '.unfinished-'

async function removeUnfinished(folder: string): Promise<void> {
  const parent = path.dirname(folder)
  for (const name of await readdir(parent)) {
    if (!name.startsWith(path.basename(folder) + UNFINISHED)) continue
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 5 })
  }
}
