// `pnpm --filter @kinpass/api migration --name add_x`: writes the migration that leads from the existing ones to schema.prisma.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { generateMigration } from './generate-migration.ts'
import { readMigrations } from './read-migrations.ts'

const args = process.argv.slice(2).filter((arg) => arg !== '--') // npm wants it, pnpm passes it on
const { name } = parseArgs({ args, options: { name: { type: 'string' } } }).values
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('A migration needs a name of lower-case words: --name add_nickname')
  process.exit(2)
}

const migrations = path.join(import.meta.dirname, 'migrations')
const schema = await readFile(path.join(import.meta.dirname, 'schema.prisma'), 'utf8')
const next = await generateMigration(name, schema, await readMigrations(migrations))
if (next.migrationScript === null) {
  console.log('Nothing to write: the migrations lead to schema.prisma already.')
} else {
  const folder = path.join(migrations, next.generatedMigrationName)
  await mkdir(folder)
  await writeFile(path.join(folder, 'migration.sql'), next.migrationScript)
  console.log(`${next.migrationScript}
Written to ${path.relative(process.cwd(), folder)}/migration.sql.
Read it, add a COMMENT ON COLUMN for each column that it adds, then run \`pnpm run generate\` and the tests.`)
}
// The schema engine leaves a timer of ten seconds behind.
process.exit()
