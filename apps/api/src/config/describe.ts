import { Config, SECRET_NAMES } from './schema.ts'

/** Returns the contents of `.env.example`: every variable with its description and default. */
export function renderEnvExample(): string {
  const head = `# Config of the API. \`npm start\` needs none of it. Copy this file to .env to change a value.
# ${SECRET_NAMES.join(', ')} can also be read from a file: NAME_FILE=/run/secrets/name.
`
  return head + renderVariables()
}

/** Returns the output of `--help`. */
export function renderHelp(): string {
  return `Usage: node dist/main.js

Serves the login API. SIGTERM or SIGINT shuts it down after the calls in flight have ended, a second signal immediately.
GET /healthz reports that the process is alive, GET /readyz whether it accepts calls.

Config is read from environment variables. To load a .env file: node --env-file=.env dist/main.js
These can also be read from a file, NAME_FILE=/run/secrets/name: ${SECRET_NAMES.join(', ')}.
${renderVariables()}`
}

/** Formats every variable as lines of an env file, commented out. */
function renderVariables(): string {
  return Object.entries(Config.shape)
    .map(([name, schema]) => {
      const parsed = schema.safeParse(undefined)
      // The default, if there is one. Every default in the schema is a string or a number.
      const value = parsed.success ? String((parsed.data as string | number | undefined) ?? '') : ''
      return `\n# ${schema.description}\n# ${name}=${value}\n`
    })
    .join('')
}
