import { defineConfig } from 'prisma/config'

// Prisma's command line downloads a native schema engine before it does anything, even for `generate`, unless this names
// a file that exists. `generate`, `validate` and `format` never run it; migrations are written by prisma/write-migration.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= 'true'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
