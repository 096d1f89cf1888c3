import { Environment, secretNames } from './schema.ts'

/** The text of `.env.example`: every setting with its meaning and its default. */
export function envExample(): string {
  const head = `# The settings of the API. None is needed for \`npm start\`; copy this file to .env to change one.
# ${secretNames.join(', ')} may also come from a file: NAME_FILE=/run/secrets/name.
`
  return head + describeSettings()
}

/** Every setting with its meaning and its default, as lines of an environment file. */
export function describeSettings(): string {
  return Object.entries(Environment.shape)
    .map(([name, schema]) => {
      const fallback = schema.safeParse(undefined)
      // A setting that has a default has a text or a number there.
      const value = fallback.success ? String((fallback.data as string | number | undefined) ?? '') : ''
      return `\n# ${schema.description}\n# ${name}=${value}\n`
    })
    .join('')
}
