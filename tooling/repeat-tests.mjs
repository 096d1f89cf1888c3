// `npm run test:repeat`: runs all test suites several times, some of them on a busy machine, to find tests that fail by chance.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { requireNode } from './node-version.mjs'
import { install, turbo } from './pnpm.mjs'
import { summarizeTests } from './summarize-tests.mjs'

const HELP = `npm run test:repeat -- [--runs 10] [--busy 3]

  --runs N   how often all suites run (10)
  --busy N   how many of these runs share the machine with one busy process per core (3)

Prints one line per run and exits with 1 if a test failed in any of them.`

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    busy: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const runs = Number(values.runs)
const busyRuns = Number(values.busy)
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(busyRuns) || busyRuns < 0 || busyRuns > runs) {
  console.error('--runs is a number from 1, --busy one from 0 to --runs: see npm run test:repeat -- --help')
  process.exit(2)
}

requireNode()
await install()
await turbo(['run', 'build', '--output-logs=errors-only'])

const lines = []
for (let run = 1; run <= runs; run += 1) {
  const isBusy = run <= busyRuns
  const load = isBusy ? Array.from({ length: availableParallelism() }, startBusyProcess) : []
  const startedAt = Date.now()
  const code = await turbo([
    ...['run', 'test', 'test:tooling', '--only', '--force', '--continue'],
    ...['--concurrency=2', '--output-logs=errors-only'],
  ])
  for (const child of load) child.kill()
  const { passed, failed } = await summarizeTests()
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  lines.push(`run ${run}${isBusy ? ' (busy)' : ''}: ${passed} passed, ${failed} failed, ${seconds} s`)
  console.log(`\n${lines.join('\n')}\n`)
  if (code !== 0 || failed > 0) process.exitCode = 1
}

/** Occupies one core until it is killed, for an hour at most. */
function startBusyProcess() {
  const loop = 'const end = Date.now() + 3_600_000; while (Date.now() < end);'
  return spawn(process.execPath, ['-e', loop], { stdio: 'ignore' })
}
