import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

const CREATE_SCRIPT =
  'require(process.argv[1]).PGlite.create(process.argv[2]).then((pglite) => pglite.close())'
const PARTIAL_SUFFIX = '.unfinished-'

/**
 * Creates an empty PGlite database in a directory, unless it contains one.
 *
 * A child process does the work, because initdb takes 800 MB that PGlite never releases. The result is renamed into
 * place, so an interrupted start leaves no incomplete database.
 */
export async function createPGliteDirectory(directory: string): Promise<void> {
  if (existsSync(path.join(directory, 'PG_VERSION'))) return
  await removePartial(directory)
  const partial = `${directory}${PARTIAL_SUFFIX}${process.pid}`
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  await promisify(execFile)(process.execPath, ['--eval', CREATE_SCRIPT, pglite, partial])
  await rename(partial, directory)
}

/** Removes what an interrupted start left behind. */
async function removePartial(directory: string): Promise<void> {
  const parent = path.dirname(directory)
  for (const name of await readdir(parent)) {
    if (!name.startsWith(path.basename(directory) + PARTIAL_SUFFIX)) continue
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 5 })
  }
}
