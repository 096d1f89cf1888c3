// `npm run check`: all checks of a laptop and of CI. The last line is `N passed, N failed`.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { requireNode } from './node-version.mjs'
import { install, pnpm, turbo } from './pnpm.mjs'
import { root, run } from './run.mjs'
import { summarizeTests } from './summarize-tests.mjs'

requireNode()
const results = []

async function check(title, work) {
  console.log(`\n── ${title}`)
  const isPassed = (await work()) === 0
  console.log(`${isPassed ? '✓' : '✗'} ${title}`)
  results.push(isPassed)
}

await install()
const force = process.env.CI ? ['--force'] : []
await check('all test suites (npm test)', () =>
  run('npm', ['test', ...(force.length > 0 ? ['--', ...force] : [])]),
)
await check('both apps build', () => turbo(['run', 'build', '--output-logs=new-only']))
await check('an unchanged second build is served from the cache', secondBuild)
await check('dist/weapp exists', async () =>
  existsSync(path.join(root, 'apps/miniapp/dist/weapp/app.json')) ? 0 : 1,
)
await check('dist/weapp keeps its size budget and uses only globals that WeChat has', () =>
  pnpm(['--filter', '@kinpass/miniapp', 'gate']),
)
await check('types', () => turbo(['run', 'typecheck', '--output-logs=new-only']))
await check('format, lint and import rules', () => turbo(['run', 'lint', '--output-logs=new-only']))
await check('format and lint of the root files', () =>
  pnpm(['exec', 'biome', 'check', '--error-on-warnings', '.']),
)
await check('no dead code and no unused dependency', () => pnpm(['exec', 'knip']))
await check('no retired word', () => run(process.execPath, ['tooling/check-retired-words.mjs']))
await check('exported names are unique', () => run(process.execPath, ['tooling/check-exported-names.mjs']))

const tests = await summarizeTests()
const passedChecks = results.filter(Boolean).length
const passed = tests.passed + passedChecks
const failed = tests.failed + results.length - passedChecks
const skipped = tests.skipped.length > 0 ? `, ${tests.skipped.length} skipped` : ''
console.log(`\n${passed} passed, ${failed} failed${skipped}`)
process.exitCode = failed > 0 ? 1 : 0

async function secondBuild() {
  const code = await turbo(['run', 'build', '--output-logs=none', '--summarize'])
  const directory = path.join(root, '.turbo/runs')
  const newest = (await readdir(directory)).sort().at(-1) ?? ''
  const { execution } = JSON.parse(await readFile(path.join(directory, newest), 'utf8'))
  return code || (execution.cached === execution.attempted ? 0 : 1)
}
