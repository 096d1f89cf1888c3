// `pnpm run bench [NAME...]`: measures the ratios of docs/figures.md, or the named ones only.
import path from 'node:path'
import { migrate } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open-database.ts'
import { findPostgres, startPostgres } from '../test/_postgres.ts'
import { measureLogins } from './logins.ts'
import { measureMe } from './me.ts'
import { measureTap } from './tap.ts'

const benchmarks: Record<string, (databaseUrl: string) => Promise<void>> = {
  me: measureMe,
  tap: measureTap,
  logins: measureLogins,
}

const found = findPostgres()
if ('missing' in found) throw new Error(`${found.missing}: install PostgreSQL for the benchmark`)
await using postgres = await startPostgres(found.programs)
const url = postgres.url('postgres')
{
  await using database = await openDatabase(url)
  await migrate(database.pool, path.resolve(import.meta.dirname, '../prisma/migrations'))
}
const names = process.argv.slice(2)
for (const [name, measure] of Object.entries(benchmarks))
  if (names.length === 0 || names.includes(name)) await measure(url)
