import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import closeWithGrace from 'close-with-grace'
import { developmentSecret } from './development-secret.ts'
import { processEnv, WorldEnv } from './env.ts'
import { printUrls } from './print-urls.ts'
import { startWorld } from './world/world.ts'

const SHUTDOWN_TIMEOUT_MS = 10_000

const root = fileURLToPath(new URL('../../..', import.meta.url))
const stateFolder = path.join(root, '.kinpass')
const h5 = path.join(root, 'apps/miniapp/dist/h5')

try {
  if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'))
  const env = processEnv()
  const ports = WorldEnv.parse(env)
  const servesH5 = !process.argv.includes('--without-h5')
  const world = await startWorld({
    ports: {
      api: ports.PORT,
      wechat: ports.WECHAT_SANDBOX_PORT,
      control: ports.WECHAT_CONTROL_PORT,
      h5: ports.H5_PORT,
    },
    ...(servesH5 && { h5, h5Host: ports.H5_HOST }),
    env: {
      DATABASE_URL: `pglite:${path.join(stateFolder, 'database')}`,
      TOKEN_SECRET: await developmentSecret(stateFolder, 'token-secret'),
      DATA_SECRET: await developmentSecret(stateFolder, 'data-secret'),
      LOG_LEVEL: 'warn',
      ...env,
      NODE_ENV: 'development',
    },
  })
  closeWithGrace({ delay: SHUTDOWN_TIMEOUT_MS, logger: { error: () => {} } }, async ({ err }) => {
    if (err) console.error(err)
    await world[Symbol.asyncDispose]()
  })
  printUrls(world)
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
