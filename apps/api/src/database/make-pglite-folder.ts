import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
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
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  await promisify(execFile)(process.execPath, ['--eval', MAKE, pglite, unfinished])
  await rename(unfinished, folder)
}
