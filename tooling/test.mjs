// `npm test`: installs, builds what the tests need, and runs all test suites.
import { requireNode } from './node-version.mjs'
import { install, turbo } from './pnpm.mjs'
import { runStep } from './progress.mjs'
import { summarizeTests } from './summarize-tests.mjs'

requireNode()
if (process.argv.includes('--help')) {
  console.log(`npm test             installs and runs all test suites; a package that has not changed since its last passed run is skipped
npm test -- --force  runs all test suites, changed or not

KINPASS_REQUIRE_ALL=1   fails, instead of skipping tests, where Chromium, PostgreSQL or Redis is missing`)
  process.exit(0)
}

console.log('\nKinpass: all test suites\n')
await runStep('packages', install)
const code = await turbo([
  'run',
  'test',
  'test:tooling',
  '--continue',
  '--concurrency=2',
  '--output-logs=new-only',
  ...process.argv.slice(2),
])
const { passed, failed, skipped } = await summarizeTests()
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  - ${name}`).join('\n')}`)
console.log(
  `\ntests: ${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}\n`,
)
process.exitCode = code || (failed > 0 ? 1 : 0)
