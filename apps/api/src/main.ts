import closeWithGrace from 'close-with-grace'
import { renderHelp } from './config/describe.ts'
import { ConfigError, readConfig } from './config/env.ts'

try {
  if (process.argv.includes('--help')) process.stdout.write(renderHelp())
  else await serve()
} catch (error) {
  // The logger may not exist yet, so the error is printed.
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`)
  process.exitCode = 1
}

/** Runs the API until a signal ends it. Rejects when it cannot start. */
async function serve(): Promise<void> {
  const config = readConfig()
  const { createApp } = await import('./app.ts') // Loaded after validation, so that a config error is reported at once.
  const app = await createApp(config)
  const options = { delay: config.SHUTDOWN_GRACE_SECONDS * 1_000, logger: app.logger }
  const { uninstall } = closeWithGrace(options, async ({ err, signal }) => {
    if (err) app.logger.fatal({ err }, 'shutting down after an uncaught error')
    else app.logger.info({ signal }, 'shutting down')
    await app[Symbol.asyncDispose]()
  })
  try {
    await app.server.listen({ host: config.HOST, port: config.PORT })
    await app.ready
  } catch (error) {
    uninstall()
    await app[Symbol.asyncDispose]()
    throw error
  }
}
