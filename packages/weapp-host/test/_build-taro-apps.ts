import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

const require = createRequire(import.meta.url)
const cli = require.resolve('@tarojs/cli/bin/taro')

/** Path of a test app's build output. */
export function getDistPath(app: 'hello-taro' | 'tour-taro'): string {
  return path.join(import.meta.dirname, app, 'dist')
}

/** Builds the Taro apps of the tests before the first test. An unchanged app is not built again. */
// biome-ignore lint/style/noDefaultExport: Vitest calls the default export of a global setup.
export default async function buildTaroApps(): Promise<void> {
  // In sequence: one build uses all processors.
  for (const app of ['hello-taro', 'tour-taro'] as const) await buildOnce(app)
}

async function buildOnce(app: 'hello-taro' | 'tour-taro') {
  const folder = path.join(import.meta.dirname, app)
  const stamp = path.join(folder, 'dist/.built-from')
  const sources = await fingerprint(folder)
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === sources) return
  const env = { ...process.env, NODE_ENV: 'production' }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, 'build', '--type', 'weapp', '--no-check'],
    {
      cwd: folder,
      env,
    },
  )
  // A Taro build with a wrong configuration exits with 0.
  if (!existsSync(path.join(folder, 'dist/app.json')))
    throw new Error(`taro build wrote no app.json in ${folder}:\n${stdout}`)
  await writeFile(stamp, sources)
}

async function fingerprint(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sources = files
    .filter((file) => file.isFile())
    .map((file) => path.join(file.parentPath, file.name))
    .filter((file) => !/[\\/](dist|\.swc)[\\/]/.test(file))
    .sort()
  const hash = createHash('sha256').update(await readFile(require.resolve('@tarojs/cli/package.json')))
  for (const file of sources) hash.update(file.slice(folder.length)).update(await readFile(file))
  return hash.digest('hex')
}
