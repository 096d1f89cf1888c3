import { readdirSync } from 'node:fs'
import { forbiddenFolders, importRules } from './tooling/import-rules.mjs'

const packageNames = Object.keys(importRules).map((directory) => directory.split('/')[1])

/** Restrictions of one package beyond its layers. */
const packagePatterns = {
  'apps/miniapp': {
    paths: [
      {
        name: '@kinpass/contracts',
        allowTypeImports: true,
        message: 'The mini-program imports types from contracts, never code.',
      },
    ],
    patterns: [
      {
        group: ['zod', 'zod/*', '@trpc/server', '@trpc/server/*'],
        allowTypeImports: true,
        message: 'Server code does not ship in the mini-program.',
      },
    ],
  },
}

/** Prisma stays behind the stores: only `prisma-*.ts` files of the API import it. */
const prismaPattern = {
  group: ['@prisma/*', '**/generated/**'],
  message: 'Only prisma-*.ts files import Prisma.',
}

function workspacePattern(directory, allowed) {
  const own = directory.split('/')[1]
  const forbidden = packageNames.filter((name) => name !== own && !allowed.includes(name))
  return {
    regex: `^@kinpass/(?:${forbidden.join('|')})(?:/|$)`,
    message: `${directory} imports ${allowed.length > 0 ? allowed.join(', ') : 'no other package of the workspace'}.`,
  }
}

/** What a folder must not import: its own layer's and higher folders, and the files directly in `src`. */
function layerPatterns(directory, { layers, rootFiles = [] }, folder, depth) {
  const files = readdirSync(new URL(`${directory}/src`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !rootFiles.includes(entry.name))
    .map(({ name }) => name.replaceAll('.', '\\.'))
  const forbidden = [...forbiddenFolders(layers, folder).map((name) => `${name}/.*`), ...files]
  if (forbidden.length === 0) return []
  return [
    {
      regex: `^${'\\.\\./'.repeat(depth)}(?:${forbidden.join('|')})$`,
      message: `${directory}/src/${folder} is in a lower or in the same layer (tooling/import-rules.mjs).`,
    },
  ]
}

function restrict(files, paths, patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { paths, patterns }] } }
}

const overrides = []
for (const [directory, rules] of Object.entries(importRules)) {
  const { paths = [], patterns = [] } = packagePatterns[directory] ?? {}
  const isApi = directory === 'apps/api'
  const inSrc = [workspacePattern(directory, rules.packages), ...patterns]
  const inTests = [workspacePattern(directory, [...rules.packages, ...rules.testPackages])]

  // A later override replaces an earlier one, so each lists everything that holds for its files.
  overrides.push(restrict([`**/${directory}/**`], [], inTests))
  overrides.push(restrict([`**/${directory}/src/**`], paths, isApi ? [...inSrc, prismaPattern] : inSrc))
  for (const folder of rules.layers.flat()) {
    for (const depth of [1, 2, 3]) {
      const files = `**/${directory}/src/${folder}/${'*/'.repeat(depth - 1)}`
      const own = [...inSrc, ...layerPatterns(directory, rules, folder, depth)]
      overrides.push(restrict([`${files}*.{ts,tsx}`], paths, isApi ? [...own, prismaPattern] : own))
      if (isApi) overrides.push(restrict([`${files}prisma-*.ts`], paths, own))
    }
  }
  // Tests and their helpers may import across the layers.
  overrides.push(
    restrict([`**/${directory}/src/**/{*.test,_*}.{ts,tsx}`, `**/${directory}/src/**/_*.ts`], [], inTests),
  )
}

export default {
  plugins: ['typescript', 'import'],
  categories: { correctness: 'error' },
  ignorePatterns: ['**/dist/**', '**/generated/**', '**/test-results/**'],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'import/no-cycle': 'error',
  },
  overrides,
}
