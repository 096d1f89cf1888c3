import { defineConfig } from 'prisma/config'

// Every command of Prisma's CLI downloads a native schema engine, unless this variable names an existing file. `generate`,
// `validate` and `format` do not run the engine; prisma/write-migration.ts writes migrations with the WebAssembly build.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= 'true'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
