import closeWithGrace from 'close-with-grace'
import { composeApi } from './compose.ts'
import { ConfigurationError, readEnvironment } from './env.ts'

try {
  const environment = readEnvironment()
  const api = await composeApi(environment)
  await api.server.listen({ host: environment.HOST, port: environment.PORT })
  closeWithGrace({ delay: 10_000 }, async ({ err }) => {
    if (err) api.logger.fatal({ err }, 'the process ends after an error nobody caught')
    await api[Symbol.asyncDispose]()
  })
} catch (error) {
  // Nothing runs yet that could log: the reason goes to the terminal.
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : String(error)}\n`)
  process.exitCode = 1
}
