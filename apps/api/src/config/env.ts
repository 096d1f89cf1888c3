import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { Config, SECRET_NAMES } from './schema.ts'

/** The config is invalid. The message lists every issue and its fix, and contains no values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIGURATION_INVALID'
  readonly issues: readonly string[]

  constructor(issues: readonly string[]) {
    super(`invalid config:\n${issues.map((issue) => `  - ${issue}`).join('\n')}`)
    this.issues = issues
  }
}

type Env = Record<string, string | undefined>

/**
 * Reads and validates the config from environment variables and secret files.
 *
 * @throws {ConfigError} that lists all issues at once
 */
export function readConfig(env: Env = process.env): Config {
  const { values, issues: fileIssues } = withSecretFiles(withoutBlanks(env))
  const parsed = Config.safeParse(values)
  const schemaIssues = parsed.success ? [] : parsed.error.issues.map(formatIssue)
  const issues = [...fileIssues, ...schemaIssues, ...crossFieldIssues(values)]
  if (!parsed.success || issues.length > 0) throw new ConfigError(issues)
  return parsed.data
}

/** `NAME=` in an env file means that the variable is not set. */
function withoutBlanks(env: Env): Record<string, string> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => (entry[1] ?? '').trim() !== '')
  return Object.fromEntries(set)
}

function withSecretFiles(env: Record<string, string>) {
  const values = { ...env }
  const issues: string[] = []
  for (const name of SECRET_NAMES) {
    const file = env[`${name}_FILE`]
    if (file === undefined) continue
    try {
      values[name] = readFileSync(file, 'utf8').trim()
    } catch {
      issues.push(`${name}_FILE names a file that cannot be read: correct the path or its permissions.`)
    }
  }
  return { values, issues }
}

function formatIssue(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined
  if (isMissing) return `${name} is missing: ${fixFor(name)}`
  return `${name} ${issue.message.startsWith('is ') ? issue.message : `is invalid (${issue.message})`}.`
}

/** Checks what no variable decides alone: the signing key of the algorithm, the rules of production. */
function crossFieldIssues(values: Record<string, string>): string[] {
  const issues: string[] = []
  const key = values.TOKEN_ALGORITHM === 'ES256' ? 'TOKEN_PRIVATE_KEYS' : 'TOKEN_SECRET'
  if (values[key] === undefined) issues.push(`${key} is missing: ${fixFor(key)}`)
  if (values.NODE_ENV !== 'production') return issues

  if (values.DATABASE_URL === undefined || values.DATABASE_URL.startsWith('pglite:'))
    issues.push('DATABASE_URL must name a PostgreSQL server in production: postgresql://….')
  if (values.WECHAT_BASE_URL !== undefined && !values.WECHAT_BASE_URL.startsWith('https:'))
    issues.push('WECHAT_BASE_URL must be https in production: omit it to use WeChat itself.')
  for (const name of ['TOKEN_SECRET', 'DATA_SECRET']) {
    const isWeak = (values[name] ?? '')
      .split(',')
      .some((secret) => secret !== '' && new Set(secret).size < 12)
    if (isWeak) issues.push(`${name} is weak: ${fixFor(name)}`)
  }
  return issues
}

function fixFor(name: string): string {
  if (name.startsWith('WECHAT_'))
    return 'copy it from the mini-program console, or run `npm start` to use the WeChat sandbox.'
  if (name === 'TOKEN_PRIVATE_KEYS') return 'set it to a JSON array of private EC JWKs on P-256.'
  if (name.endsWith('_SECRET')) return 'create one with `openssl rand -base64 48`.'
  return 'see .env.example.'
}
