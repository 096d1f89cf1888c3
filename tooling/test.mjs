// `npm test`: sets everything up, builds what the suites need, and runs every suite.
import { requireNode } from './node-version.mjs'
import { install, turbo } from './pnpm.mjs'
import { step } from './progress.mjs'
import { readTally } from './summarize-tests.mjs'

requireNode()
if (process.argv.includes('--help')) {
  console.log(`npm test             sets up and runs every suite; what is unchanged since its last green run is not run again
npm test -- --force  runs everything

KINPASS_REQUIRE_ALL=1   a missing browser, PostgreSQL or Redis is a failure, not a skipped test`)
  process.exit(0)
}

console.log('\nKinpass: all suites\n')
await step('packages', install)
const code = await turbo([
  'run',
  'test',
  '--continue',
  '--concurrency=2',
  '--output-logs=new-only',
  ...process.argv.slice(2),
])
const { passed, failed, skipped } = await readTally()
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  - ${name}`).join('\n')}`)
console.log(
  `\ntests: ${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}\n`,
)
process.exitCode = code || (failed > 0 ? 1 : 0)
