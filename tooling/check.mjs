// `npm run check`: everything a laptop can check, and what CI runs. Ends with `N passed, N failed`.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { requireNode } from './node-version.mjs'
import { install, pnpm, turbo } from './pnpm.mjs'
import { root, run } from './run.mjs'
import { readTally } from './summarize-tests.mjs'

requireNode()
const results = []

async function check(title, work) {
  console.log(`\n── ${title}`)
  const isGood = (await work()) === 0
  console.log(`${isGood ? '✓' : '✗'} ${title}`)
  results.push(isGood)
}

await install()
const force = process.env.CI ? ['--force'] : []
await check('the suites (npm test)', () =>
  run('npm', ['test', ...(force.length > 0 ? ['--', ...force] : [])]),
)
await check('both apps build', () => turbo(['run', 'build', '--output-logs=new-only']))
await check('a second build with nothing changed is all cache hits', secondBuild)
await check('dist/weapp is a mini-program', async () =>
  existsSync(path.join(root, 'apps/miniapp/dist/weapp/app.json')) ? 0 : 1,
)
await check('dist/weapp keeps to its budget and to what WeChat has', () =>
  pnpm(['--filter', '@kinpass/miniapp', 'gate']),
)
await check('types', () => turbo(['run', 'typecheck', '--output-logs=new-only']))
await check('format, lint and import arrows', () => turbo(['run', 'lint', '--output-logs=new-only']))
await check('format and lint of the root', () => pnpm(['exec', 'biome', 'check', '--error-on-warnings', '.']))
await check('no dead code, no unused dependency', () => pnpm(['exec', 'knip']))

const { passed, failed, skipped } = await readTally()
const good = results.filter(Boolean).length
const bad = results.length - good
const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : ''
console.log(`\n${passed + good} passed, ${failed + bad} failed${tail}`)
process.exitCode = failed + bad > 0 ? 1 : 0

async function secondBuild() {
  const code = await turbo(['run', 'build', '--output-logs=none', '--summarize'])
  const folder = path.join(root, '.turbo/runs')
  const newest = (await readdir(folder)).sort().at(-1) ?? ''
  const { execution } = JSON.parse(await readFile(path.join(folder, newest), 'utf8'))
  return code || (execution.cached === execution.attempted ? 0 : 1)
}
