import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root, run } from './run.mjs'

const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

/** Runs the pinned pnpm through npx, so a machine needs only Node with npm. */
export const pnpm = (args, options) => run('npx', ['--yes', packageManager, ...args], options)

/** Runs turbo. npx puts pnpm on the PATH, where turbo looks for it. */
export const turbo = (args, options = {}) =>
  pnpm(['exec', 'turbo', ...args], { ...options, env: { TURBO_TELEMETRY_DISABLED: '1', ...options.env } })

/** Installs from the lockfile, unless this lockfile is installed already. Returns whether it installed. */
export async function install() {
  const markFile = path.join(root, 'node_modules', '.kinpass-installed')
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'pnpm-lock.yaml')))
    .update(readFileSync(path.join(root, 'pnpm-workspace.yaml')))
    .update(process.version)
    .digest('hex')
  if (existsSync(markFile) && readFileSync(markFile, 'utf8') === lock) return false
  const code = await pnpm(['install', '--frozen-lockfile', '--reporter=append-only'], { quiet: true })
  if (code !== 0) {
    console.error(
      '\nThe packages could not be installed. Check the connection to the npm registry, then run the command again.',
    )
    process.exit(code)
  }
  writeFileSync(markFile, lock)
  return true
}
