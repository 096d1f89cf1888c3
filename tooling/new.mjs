// `pnpm new procedure <path>`: writes the files and the registrations of a new procedure.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { requireNode } from './node-version.mjs'
import { install } from './pnpm.mjs'
import { root as repository, run } from './run.mjs'

const HELP = `pnpm new procedure <path> [--query] [--session]     (without pnpm: npm run new -- procedure <path> …)

  <path>      name of the procedure: \`ping\`, or \`care.note\` inside a group
  --query     reads and changes nothing (HTTP GET); a mutation (HTTP POST) without it
  --session   needs a logged-in member; the handler receives ctx.auth

Writes the schema stub, the declaration, the handler, its registration and a test. Then fill in the schema and the
handler: docs/how-to/add-a-procedure.md explains each file.`

const args = process.argv.slice(2)
const flags = new Set(args.filter((arg) => arg.startsWith('--')))
const [kind, procedurePath = '', ...rest] = args.filter((arg) => !arg.startsWith('--'))
const isQuery = flags.delete('--query')
const needsSession = flags.delete('--session')

if (flags.has('--help') || kind === undefined) {
  console.log(HELP)
  process.exit(0)
}
/** The workspace to change: this repository, or a copy of it in a test. */
const root = process.env.KINPASS_WORKSPACE ?? repository

const names = procedurePath.split('.')
const isValidName = names.length <= 2 && names.every((name) => /^[a-z][a-zA-Z0-9]*$/.test(name))
if (flags.size > 0) fail(`unknown option ${[...flags][0]}: see pnpm new --help`)
if (kind !== 'procedure' || rest.length > 0) fail('only procedures are generated: pnpm new procedure <path>')
if (!isValidName) fail(`"${procedurePath}" is not a procedure name: use camelCase, as in ping or care.note`)

const [group, name] = names.length === 2 ? names : [undefined, names[0]]
const pascal = names.map((part) => part[0].toUpperCase() + part.slice(1)).join('')
const kebab = (text) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const schemaFile = `packages/contracts/src/schemas/${kebab(group ?? name)}.ts`
const handlerFile = `apps/api/src/handlers/${group ? `${kebab(group)}/` : ''}${kebab(name)}.ts`
const testFile = `apps/api/test/${kebab(names.join('-'))}.test.ts`
const factory = `create${pascal}Handler`

if (existsSync(path.join(root, handlerFile)))
  fail(`${handlerFile} exists: the procedure ${procedurePath} is there already`)

requireNode()
if (root === repository) await install()
writeSchemas()
declare()
exportSchemas()
create(handlerFile, handlerSource())
register()
create(testFile, testSource())

const changed = [
  schemaFile,
  'packages/contracts/src/procedures.ts',
  'packages/contracts/src/index.ts',
  handlerFile,
  'apps/api/src/router.ts',
  testFile,
]
await run('node_modules/.bin/biome', ['check', '--write', ...changed.map((file) => path.join(root, file))], {
  quiet: true,
})
console.log(`Procedure ${procedurePath}:
${changed.map((file) => `  ${file}`).join('\n')}

Next: the schema and the handler, then  npm run typecheck  and  npx vitest run ${path.basename(testFile)}  in apps/api.`)

function writeSchemas() {
  const input = isQuery
    ? ''
    : `
export const ${pascal}Input = z.strictObject({})
export type ${pascal}Input = z.infer<typeof ${pascal}Input>
`
  const source = `${input}
export const ${pascal}Output = z.object({})
export type ${pascal}Output = z.infer<typeof ${pascal}Output>
`
  const file = path.join(root, schemaFile)
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8') + source)
  else create(schemaFile, `import { z } from 'zod'\n${source}`)
}

function declare() {
  const declaration = `${name}: { type: '${isQuery ? 'query' : 'mutation'}', ${isQuery ? '' : `input: ${pascal}Input, `}output: ${pascal}Output, needsSession: ${needsSession}, auditsFailures: false },`
  edit('packages/contracts/src/procedures.ts', (source) =>
    addImport(
      addEntry(source, 'export const procedures = {', '} as const', declaration),
      schemaNames(),
      `./schemas/${kebab(group ?? name)}.ts`,
    ),
  )
}

function exportSchemas() {
  edit('packages/contracts/src/index.ts', (source) => {
    const from = ` } from './schemas/${kebab(group ?? name)}.ts'`
    return source.includes(from.trimStart())
      ? source.replace(
          new RegExp(`,?\\s*\\} from '\\./schemas/${kebab(group ?? name)}\\.ts'`),
          `, ${schemaNames().join(', ')}${from}`,
        )
      : `${source}export { ${schemaNames().join(', ')}${from}\n`
  })
}

function register() {
  edit('apps/api/src/router.ts', (source) =>
    addImport(
      addEntry(source, 'const handlers: AppHandlers = {', '\n  }\n', `${name}: ${factory}(),`),
      [factory],
      `./${handlerFile.replace('apps/api/src/', '')}`,
    ),
  )
}

function handlerSource() {
  const up = group ? '../' : './'
  const type = `AppHandlers${names.map((part) => `['${part}']`).join('')}`
  return `import type { AppHandlers } from '${up}app-handlers.ts'

/** \`${procedurePath}\`: TODO one sentence on what it returns or does. */
export function ${factory}(): ${type} {
  return async () => ({})
}
`
}

function testSource() {
  const call = `${procedurePath}.${isQuery ? 'query()' : 'mutate({})'}`
  const authenticated = `
test('${procedurePath} without an access token is refused', async () => {
  await using api = await startApi()
  const phone = device(api, 'phone')
  expect(await failureOf(phone.calls.${call})).toBe('TOKEN_MISSING')
})

test('${procedurePath} returns its output to a member', async () => {
  await using api = await startApi()
  const phone = device(api, 'phone')
  const { token } = await phone.login(api.wechat.person('alice'))
  expect(await phone.with(token).${call}).toEqual({})
})
`
  const open = `
test('${procedurePath} returns its output', async () => {
  await using api = await startApi()
  expect(await device(api, 'phone').calls.${call}).toEqual({})
})
`
  return `import { expect, test } from 'vitest'
import { ${needsSession ? 'failureOf, ' : ''}startApi } from './_api.ts'
import { device } from './_device.ts'
${needsSession ? authenticated : open}`
}

function schemaNames() {
  return isQuery ? [`${pascal}Output`] : [`${pascal}Input`, `${pascal}Output`]
}

/** Inserts an entry at the end of an object literal, inside the group's nested object where there is one. */
function addEntry(source, start, end, entry) {
  const from = source.indexOf(start)
  const to = source.indexOf(end, from)
  if (from < 0 || to < 0) fail(`"${start}" was not found: the generator no longer fits the code`)
  const body = source.slice(from, to)
  const nested = group ? body.match(new RegExp(`\\n(\\s+)${group}: \\{\\n[\\s\\S]*?\\n\\1\\},`)) : undefined
  if (!nested) {
    const whole = group ? `${group}: { ${entry} },` : entry
    return `${source.slice(0, to)}\n${whole}${source.slice(to)}`
  }
  const at = from + nested.index + nested[0].length - `\n${nested[1]}},`.length
  return `${source.slice(0, at)}\n${entry}${source.slice(at)}`
}

/** Adds names to the import from a module, or a new import after the last one. biome sorts them. */
function addImport(source, added, specifier) {
  const existing = new RegExp(`import \\{([^}]*)\\} from '${specifier.replaceAll('.', '\\.')}'`)
  if (existing.test(source))
    return source.replace(
      existing,
      (_, list) => `import { ${[list.trim().replace(/,$/, ''), ...added].join(', ')} } from '${specifier}'`,
    )
  return `import { ${added.join(', ')} } from '${specifier}'\n${source}`
}

function edit(file, change) {
  const place = path.join(root, file)
  writeFileSync(place, change(readFileSync(place, 'utf8')))
}

function create(file, source) {
  const place = path.join(root, file)
  if (existsSync(place)) fail(`${file} exists`)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, source)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
