// `pnpm --filter @kinpass/api migration --name add_x` writes the migration from the existing ones to schema.prisma.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { generateMigration } from './generate-migration.ts'
import { readMigrations } from './read-migrations.ts'

const args = process.argv.slice(2).filter((arg) => arg !== '--') // npm requires the separator, pnpm passes it on
const { name } = parseArgs({ args, options: { name: { type: 'string' } } }).values
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('--name is missing or invalid: use lower-case words, such as --name add_nickname')
  process.exit(2)
}

const migrations = path.join(import.meta.dirname, 'migrations')
const schema = await readFile(path.join(import.meta.dirname, 'schema.prisma'), 'utf8')
const next = await generateMigration(name, schema, await readMigrations(migrations))
if (next.migrationScript === null) {
  console.log('No changes: the migrations match schema.prisma.')
} else {
  const directory = path.join(migrations, next.generatedMigrationName)
  await mkdir(directory)
  await writeFile(path.join(directory, 'migration.sql'), next.migrationScript)
  console.log(`${next.migrationScript}
Written to ${path.relative(process.cwd(), directory)}/migration.sql.
Review it, add a COMMENT ON COLUMN for each new column, then run \`pnpm run generate\` and the tests.`)
}
// The schema engine keeps a timer of ten seconds running.
process.exit()
