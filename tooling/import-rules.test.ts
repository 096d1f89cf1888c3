import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
// @ts-expect-error TypeScript does not check the tools, which are plain JavaScript.
import { forbiddenFolders, importRules } from './import-rules.mjs'

interface Rules {
  layers: string[][]
  rootFiles?: string[]
  packages: string[]
  testPackages: string[]
}
interface Case {
  title: string
  /** Where the importing file is, from the root of the workspace. */
  file: string
  specifier: string
  isAllowed: boolean
}

const root = fileURLToPath(new URL('..', import.meta.url))
const rulesByPackage = Object.entries(importRules as Record<string, Rules>)
const cases = rulesByPackage.flatMap(([directory, rules]) => [
  ...packageCases(directory, rules),
  ...folderCases(directory, rules),
])

function packageCases(directory: string, { packages, testPackages }: Rules): Case[] {
  const others = rulesByPackage
    .map(([other]) => path.basename(other))
    .filter((name) => !directory.endsWith(`/${name}`))
  return others.flatMap((name) => [
    {
      title: `${directory}/src imports @kinpass/${name}`,
      file: `${directory}/src/to-${name}.ts`,
      specifier: `@kinpass/${name}`,
      isAllowed: packages.includes(name),
    },
    {
      title: `${directory}/test imports @kinpass/${name}`,
      file: `${directory}/test/to-${name}.test.ts`,
      specifier: `@kinpass/${name}`,
      isAllowed: packages.includes(name) || testPackages.includes(name),
    },
  ])
}

function folderCases(directory: string, { layers, rootFiles = [] }: Rules): Case[] {
  const folders = layers.flat()
  const rootFile = readdirSync(path.join(root, directory, 'src')).find(
    (name) => name.endsWith('.ts') && !rootFiles.includes(name),
  )
  return folders.flatMap((folder) => {
    const forbidden: string[] = forbiddenFolders(layers, folder)
    const toFolders = folders
      .filter((other) => other !== folder && other !== 'generated')
      .flatMap((other) =>
        [1, 2].map((depth) => ({
          title: `${directory}/src/${folder} imports ${other} from depth ${depth}`,
          file: `${directory}/src/${folder}/${depth === 2 ? 'nested/' : ''}to-${other}.ts`,
          specifier: `${'../'.repeat(depth)}${other}/thing.ts`,
          isAllowed: !forbidden.includes(other),
        })),
      )
    const toRoot = {
      title: `${directory}/src/${folder} imports a file of src`,
      file: `${directory}/src/${folder}/to-root.ts`,
      specifier: `../${rootFile}`,
      isAllowed: false,
    }
    return rootFile === undefined ? toFolders : [...toFolders, toRoot]
  })
}

describe('import rules', () => {
  const workspace = mkdtempSync(path.join(tmpdir(), 'kinpass-imports-'))
  let reported: Set<string>

  beforeAll(async () => {
    for (const { file, specifier } of cases) {
      await mkdir(path.join(workspace, path.dirname(file)), { recursive: true })
      await writeFile(
        path.join(workspace, file),
        `import type { Thing } from '${specifier}'\nexport type Own = Thing\n`,
      )
    }
    const oxlint = path.join(root, 'node_modules/.bin/oxlint')
    const config = path.join(root, 'oxlint.config.mjs')
    const { stdout } = spawnSync(oxlint, ['-c', config, '--format', 'json', '.'], {
      cwd: workspace,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
    const restricted = diagnostics.filter(({ code }) => code.includes('no-restricted-imports'))
    reported = new Set(restricted.map(({ filename }) => path.normalize(filename)))
  })
  afterAll(() => rmSync(workspace, { recursive: true, force: true }))

  test.each(rulesByPackage)('%s: every forbidden import is refused', (directory) => {
    const forbidden = cases.filter(({ isAllowed, file }) => !isAllowed && file.startsWith(`${directory}/`))
    expect(forbidden.length).toBeGreaterThan(0)
    const unnoticed = forbidden.filter(({ file }) => !reported.has(file))
    expect(unnoticed.map(({ title }) => title)).toEqual([])
  })

  test.each(rulesByPackage)('%s: every allowed import passes', (directory) => {
    const allowed = cases.filter(({ isAllowed, file }) => isAllowed && file.startsWith(`${directory}/`))
    const refused = allowed.filter(({ file }) => reported.has(file))
    expect(refused.map(({ title }) => title)).toEqual([])
  })

  test('every folder of every src is in a layer', () => {
    for (const [directory, { layers }] of rulesByPackage) {
      const folders = readdirSync(path.join(root, directory, 'src'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
      const listed = new Set([...layers.flat(), 'generated', 'illustrations', 'style', 'fixtures'])
      expect(
        folders.filter((folder) => !listed.has(folder)),
        directory,
      ).toEqual([])
    }
  })

  test('ARCHITECTURE.md lists the layers of every package', () => {
    const text = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8')
    for (const [directory, { layers }] of rulesByPackage) {
      const order = layers.map((layer) => layer.map((folder) => `\`${folder}\``).join(' ')).join(' → ')
      if (layers.length > 1) expect(text, directory).toContain(order)
    }
  })
})
