import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the migrations lie: beside the bundle, or beside the sources. */
export const migrationsFolder = [
  new URL('./migrations', import.meta.url),
  new URL('../../prisma/migrations', import.meta.url),
]
  .map((place) => fileURLToPath(place))
  .find((folder) => existsSync(folder)) as string // The build copies them and the sources hold them: one exists.
