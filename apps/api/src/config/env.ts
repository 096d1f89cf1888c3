import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { Environment, secretNames } from './schema.ts'

/** The configuration cannot be used. The message lists every fault, each with its mend, and no value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code = 'CONFIGURATION_INVALID'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/** Reads the settings, or throws one `ConfigurationError` that names everything that is wrong. */
export function readEnvironment(source: Record<string, string | undefined> = process.env): Environment {
  const { values, faults } = withSecretFiles(withoutBlanks(source))
  const parsed = Environment.safeParse(values)
  const shapeFaults = parsed.success ? [] : parsed.error.issues.map(faultOfIssue)
  const all = [...faults, ...shapeFaults, ...faultsBetween(values)]
  if (!parsed.success || all.length > 0) throw new ConfigurationError(all)
  return parsed.data
}

/** `NAME=` in an environment file means that the setting is not given. */
function withoutBlanks(source: Record<string, string | undefined>): Record<string, string> {
  const given = Object.entries(source).filter(
    (entry): entry is [string, string] => (entry[1] ?? '').trim() !== '',
  )
  return Object.fromEntries(given)
}

function withSecretFiles(given: Record<string, string>) {
  const values = { ...given }
  const faults: string[] = []
  for (const name of secretNames) {
    const file = given[`${name}_FILE`]
    if (file === undefined) continue
    try {
      values[name] = readFileSync(file, 'utf8').trim()
    } catch {
      faults.push(`${name}_FILE names a file that cannot be read: mend the path or its permissions.`)
    }
  }
  return { values, faults }
}

function faultOfIssue(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined
  if (isMissing) return `${name} is missing: ${mendOf(name)}`
  return `${name} ${issue.message.startsWith('is ') ? issue.message : `is not usable (${issue.message})`}.`
}

/** The faults that no setting has by itself: what one demands of another, and what production demands of all. */
function faultsBetween(values: Record<string, string>): string[] {
  const faults: string[] = []
  const key = values.TOKEN_ALGORITHM === 'ES256' ? 'TOKEN_PRIVATE_KEYS' : 'TOKEN_SECRET'
  if (values[key] === undefined) faults.push(`${key} is missing: ${mendOf(key)}`)
  if (values.NODE_ENV !== 'production') return faults

  if (values.DATABASE_URL === undefined || values.DATABASE_URL.startsWith('pglite:'))
    faults.push('DATABASE_URL must name a PostgreSQL server in production: postgresql://….')
  if (values.WECHAT_BASE_URL !== undefined && !values.WECHAT_BASE_URL.startsWith('https:'))
    faults.push('WECHAT_BASE_URL must be https in production: leave it out for WeChat itself.')
  for (const name of ['TOKEN_SECRET', 'DATA_SECRET']) {
    const weak = (values[name] ?? '').split(',').some((secret) => secret !== '' && new Set(secret).size < 12)
    if (weak) faults.push(`${name} is weak: ${mendOf(name)}`)
  }
  return faults
}

function mendOf(name: string): string {
  if (name.startsWith('WECHAT_'))
    return 'copy it from the mini-program console, or run `npm start` for a local WeChat.'
  if (name === 'TOKEN_PRIVATE_KEYS') return 'give a JSON array of private EC JWKs on P-256.'
  if (name.endsWith('_SECRET')) return 'make one with `openssl rand -base64 48`.'
  return 'see .env.example.'
}
