import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import closeWithGrace from 'close-with-grace'
import { developmentSecret } from './development-secret.ts'
import { processEnvironment, WorldEnvironment } from './env.ts'
import { greet } from './print-urls.ts'
import { startWorld } from './world/world.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const state = path.join(root, '.kinpass')
const h5 = path.join(root, 'apps/miniapp/dist/h5')

try {
  if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'))
  const given = processEnvironment()
  const settings = WorldEnvironment.parse(given)
  const withPage = !process.argv.includes('--without-h5')
  const world = await startWorld({
    ports: {
      api: settings.PORT,
      wechat: settings.WECHAT_SANDBOX_PORT,
      control: settings.WECHAT_CONTROL_PORT,
      h5: settings.H5_PORT,
    },
    ...(withPage && { h5, h5Host: settings.H5_HOST }),
    environment: {
      DATABASE_URL: `pglite:${path.join(state, 'database')}`,
      TOKEN_SECRET: await developmentSecret(state, 'token-secret'),
      DATA_SECRET: await developmentSecret(state, 'data-secret'),
      LOG_LEVEL: 'warn',
      ...given,
      NODE_ENV: 'development',
    },
  })
  closeWithGrace({ delay: 10_000, logger: { error: () => {} } }, async ({ err }) => {
    if (err) console.error(err)
    await world[Symbol.asyncDispose]()
  })
  greet(world)
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
