import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The migrations: beside the bundle in `dist`, or in `prisma/` when running from the sources. */
export const migrationsDirectory = [
  new URL('./migrations', import.meta.url),
  new URL('../../prisma/migrations', import.meta.url),
]
  .map((url) => fileURLToPath(url))
  .find((directory) => existsSync(directory)) as string // build.mjs copies them into dist, so one of the two exists.
