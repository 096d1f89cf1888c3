import { describeSettings } from './describe.ts'
import { secretNames } from './schema.ts'

/** What `--help` prints: how the API is started and ended, and every setting. */
export function help(): string {
  return `Usage: node dist/main.js

Serves the login API. SIGTERM or SIGINT ends it once the running calls have ended, a second one at once.
GET /healthz tells that the process lives, GET /readyz whether it can serve.

All settings come from the environment; a .env file is read with \`node --env-file=.env dist/main.js\`.
Secrets may also come from files, NAME_FILE=/run/secrets/name: ${secretNames.join(', ')}.
${describeSettings()}`
}
