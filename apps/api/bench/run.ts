// `pnpm run bench`: the ratios that design decisions rest on, all in one run. With names, only those parts.
import path from 'node:path'
import { migrate } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open-database.ts'
import { findPostgres, startPostgres } from '../test/_postgres.ts'
import { measureLogins } from './logins.ts'
import { measureMe } from './me.ts'
import { measureTap } from './tap.ts'

const parts: Record<string, (databaseUrl: string) => Promise<void>> = {
  me: measureMe,
  tap: measureTap,
  logins: measureLogins,
}

const found = findPostgres()
if ('missing' in found) throw new Error(`The benchmark needs a PostgreSQL server: ${found.missing}.`)
await using postgres = await startPostgres(found.programs)
const url = postgres.url('postgres')
{
  await using database = await openDatabase(url)
  await migrate(database.pool, path.resolve(import.meta.dirname, '../prisma/migrations'))
}
const wanted = process.argv.slice(2)
for (const [name, measure] of Object.entries(parts))
  if (wanted.length === 0 || wanted.includes(name)) await measure(url)
