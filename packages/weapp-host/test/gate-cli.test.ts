import { expect, test } from 'vitest'
import { runGateCli } from '../src/gate/cli.ts'
import { getDistPath } from './_build-taro-apps.ts'
import { onePage, writeDist } from './_write-dist.ts'

/** Runs the command line and returns its exit code and its output; lines of standard error start with `! `. */
function gate(...args: string[]) {
  const lines: string[] = []
  const code = runGateCli(args, {
    print: (text) => lines.push(text),
    printError: (text) => lines.push(`! ${text}`),
  })
  return { code, output: lines.join('\n') }
}

test('a build without issues exits with 0 and prints its size', async () => {
  await using dist = await writeDist(onePage)
  const { code, output } = gate(dist.folder)
  expect(code).toBe(0)
  expect(output).toMatch(/no issues\nmain package +0\.\d KiB raw/)
})

test('a build with an issue exits with 1 and prints its position', async () => {
  await using dist = await writeDist({ ...onePage, 'app.js': 'App(fetch)' })
  const { code, output } = gate(dist.folder)
  expect(code).toBe(1)
  expect(output).toContain('app.js:1:5  fetch does not exist on a phone')
})

test('options are read from a config file, and its paths are relative to the file', async () => {
  await using config = await writeDist({
    ...onePage,
    'gate.json': { allow: { tt: ['taro.js'] }, baseline: '.', maxExtraKiB: { raw: 1, gzip: 1 } },
  })
  const { code, output } = gate(getDistPath('hello-taro'), '--config', `${config.folder}/gate.json`)
  expect(code).toBe(1)
  expect(output).toContain('the budget is 1.0 KiB')
  expect(output).not.toContain('tt does not exist')
})

test('--json prints the report as JSON', async () => {
  await using dist = await writeDist(onePage)
  expect(JSON.parse(gate(dist.folder, '--json').output)).toMatchObject({
    issues: [],
    sizes: { subPackages: {} },
  })
})

test('--help prints the usage and exits with 0', () => {
  expect(gate('--help')).toMatchObject({
    code: 0,
    output: expect.stringContaining('weapp-gate [dist] [options]'),
  })
})

test('a missing build or an unknown option exits with 2 and an error message', () => {
  expect(gate('/nowhere')).toMatchObject({
    code: 2,
    output: expect.stringContaining('! /nowhere has no app.json'),
  })
  expect(gate('--wrong')).toMatchObject({
    code: 2,
    output: expect.stringContaining("! Unknown option '--wrong'"),
  })
})
