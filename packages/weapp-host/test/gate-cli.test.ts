import { expect, test } from 'vitest'
import { runGate } from '../src/gate/cli.ts'
import { distOf } from './_build-taro-apps.ts'
import { onePage, writeDist } from './_write-dist.ts'

/** Runs the command line; gives back its exit code and all that it said. */
function gate(...args: string[]) {
  const said: string[] = []
  const code = runGate(args, { print: (text) => said.push(text), complain: (text) => said.push(`! ${text}`) })
  return { code, said: said.join('\n') }
}

test('a good build ends with 0 and its weight', async () => {
  await using dist = await writeDist(onePage)
  const { code, said } = gate(dist.folder)
  expect(code).toBe(0)
  expect(said).toMatch(/no faults\nmain package +0\.\d KiB raw/)
})

test('a fault ends with 1 and its place', async () => {
  await using dist = await writeDist({ ...onePage, 'app.js': 'App(fetch)' })
  const { code, said } = gate(dist.folder)
  expect(code).toBe(1)
  expect(said).toContain('app.js:1:5  fetch is not there on a phone')
})

test('settings are read from a file, and paths in it are relative to it', async () => {
  await using settings = await writeDist({
    ...onePage,
    'gate.json': { allow: { tt: ['taro.js'] }, baseline: '.', maxExtraKiB: { raw: 1, gzip: 1 } },
  })
  const { code, said } = gate(distOf('hello-taro'), '--config', `${settings.folder}/gate.json`)
  expect(code).toBe(1)
  expect(said).toContain('the budget is 1.0 KiB')
  expect(said).not.toContain('tt is not')
})

test('a report can be read by a program', async () => {
  await using dist = await writeDist(onePage)
  expect(JSON.parse(gate(dist.folder, '--json').said)).toMatchObject({
    faults: [],
    sizes: { subPackages: {} },
  })
})

test('help is given', () => {
  expect(gate('--help')).toMatchObject({
    code: 0,
    said: expect.stringContaining('weapp-gate [dist] [options]'),
  })
})

test('what cannot be looked at ends with 2 and a sentence', () => {
  expect(gate('/nowhere')).toMatchObject({
    code: 2,
    said: expect.stringContaining('! /nowhere has no app.json'),
  })
  expect(gate('--wrong')).toMatchObject({
    code: 2,
    said: expect.stringContaining("! Unknown option '--wrong'"),
  })
})
