import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from './run.mjs'

/** Returns how many tests of the last run passed and failed, and the names of the skipped ones, over all packages. */
export async function summarizeTests() {
  const summary = { passed: 0, failed: 0, skipped: [] }
  const groups = await Promise.all(
    ['apps', 'packages'].map(async (group) =>
      (await readdir(path.join(root, group))).map((name) => `${group}/${name}`),
    ),
  )
  for (const directory of [...groups.flat(), 'tooling']) {
    const file = path.join(root, directory, 'test-results/vitest.json')
    const report = await readFile(file, 'utf8').catch(() => undefined)
    if (report) addReport(summary, JSON.parse(report))
  }
  return summary
}

function addReport(summary, report) {
  for (const file of report.testResults) {
    // A file that fails to load has no test results; it counts as one failure.
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'))
      summary.failed += 1
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') summary.passed += 1
      else if (status === 'failed') summary.failed += 1
      else summary.skipped.push(fullName)
    }
  }
}
