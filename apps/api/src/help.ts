import { envExample } from './env-example.ts'

/** What `--help` prints: how to start the API, and every setting. */
export function help(): string {
  return `Usage: node dist/main.js

Serves the login API. All settings come from the environment; a .env file is not read.
SIGTERM or SIGINT ends it after the calls that run; a second one ends it at once.

${envExample()}`
}
