import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from './run.mjs'

/** Adds up what the suites of all packages reported: how many passed and failed, and the names of those skipped. */
export async function readTally() {
  const tally = { passed: 0, failed: 0, skipped: [] }
  for (const group of ['apps', 'packages']) {
    for (const name of await readdir(path.join(root, group))) {
      const report = await readFile(path.join(root, group, name, 'test-results/vitest.json'), 'utf8').catch(
        () => undefined,
      )
      if (report) addReport(tally, JSON.parse(report))
    }
  }
  return tally
}

function addReport(tally, report) {
  for (const file of report.testResults) {
    // A file that could not be loaded has failed without having run a test.
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'))
      tally.failed += 1
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') tally.passed += 1
      else if (status === 'failed') tally.failed += 1
      else tally.skipped.push(fullName)
    }
  }
}
