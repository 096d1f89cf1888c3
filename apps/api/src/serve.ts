import closeWithGrace from 'close-with-grace'
import { readEnvironment } from './config/env.ts'

/** Runs the API as the environment says, until a signal ends it. Rejects when it cannot start. */
export async function serve(): Promise<void> {
  const environment = readEnvironment()
  const { composeApi } = await import('./app.ts') // Loaded when the settings are known to be good.
  const api = await composeApi(environment)
  const grace = { delay: environment.SHUTDOWN_GRACE_SECONDS * 1_000, logger: api.logger }
  const { uninstall } = closeWithGrace(grace, async ({ err, signal }) => {
    if (err) api.logger.fatal({ err }, 'the process ends after an error nobody caught')
    else api.logger.info({ signal }, 'the process ends when the running calls have')
    await api[Symbol.asyncDispose]()
  })
  try {
    await api.server.listen({ host: environment.HOST, port: environment.PORT })
    await api.ready
  } catch (error) {
    uninstall()
    await api[Symbol.asyncDispose]()
    throw error
  }
}
