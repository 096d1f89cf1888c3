import { readFileSync } from 'node:fs'
import { z } from 'zod'

const production = 'production'

const Port = z.coerce.number().int().min(0).max(65_535)
const Seconds = z.coerce.number().int().positive()

/** Every setting of the API: its shape, its default and what it is for. `.env.example` is written from it. */
export const Environment = z.object({
  NODE_ENV: z
    .enum(['development', 'test', production])
    .default('development')
    .describe('`production` refuses missing and weak settings at start.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. 0.0.0.0 in a container.'),
  PORT: Port.default(3000).describe('Port to listen on.'),
  TRUST_PROXY: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How many proxies stand in front; their X-Forwarded-For is believed.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much the log tells.'),
  DATABASE_URL: z
    .string()
    .min(1)
    .default('pglite:./.kinpass/database')
    .describe('postgresql://… for a server, pglite:./folder for the embedded database.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('redis://…, needed as soon as two instances run. Without it state stays in memory.'),
  WECHAT_APP_ID: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'is not an appid: wx and 16 hex digits, from the mini-program console')
    .describe("The mini-program's appid, from its console."),
  WECHAT_APP_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'is not an AppSecret: 32 hex digits, from the mini-program console')
    .describe("The mini-program's AppSecret, from its console."),
  WECHAT_BASE_URL: z.url().default('https://api.weixin.qq.com').describe("WeChat's API, or a local WeChat."),
  WECHAT_PHONE_BINDING: z
    .enum(['require', 'prefer', 'off'])
    .default('require')
    .describe('Whether WeChat must confirm that login code and phone code belong to one person.'),
  TOKEN_SECRET: z
    .string()
    .min(32, 'is weak: give at least 32 characters, such as `openssl rand -base64 48`')
    .describe('Signs the access tokens. At least 32 characters.'),
  TOKEN_LIFETIME_SECONDS: Seconds.default(7_200).describe('How long an access token lives.'),
})
export type Environment = z.infer<typeof Environment>

/** The settings that are secrets: each may also come from a file, named by the setting with `_FILE` behind it. */
export const secretNames = ['DATABASE_URL', 'REDIS_URL', 'WECHAT_APP_SECRET', 'TOKEN_SECRET'] as const

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
  const all = [...faults, ...(parsed.success ? productionFaults(values) : parsed.error.issues.map(faultOf))]
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

function faultOf(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined
  if (isMissing) return `${name} is missing: ${mendOf(name)}`
  return `${name} ${issue.code === 'custom' || /^is /.test(issue.message) ? issue.message : `is not usable (${issue.message})`}.`
}

function mendOf(name: string): string {
  if (name.startsWith('WECHAT_'))
    return 'copy it from the mini-program console, or run `npm start` for a local WeChat.'
  if (name === 'TOKEN_SECRET') return 'make one with `openssl rand -base64 48`.'
  return 'see .env.example.'
}

function productionFaults(values: Record<string, string>): string[] {
  if (values.NODE_ENV !== production) return []
  const faults: string[] = []
  if (values.DATABASE_URL === undefined || values.DATABASE_URL.startsWith('pglite:'))
    faults.push('DATABASE_URL must name a PostgreSQL server in production: postgresql://….')
  if (values.WECHAT_BASE_URL !== undefined && !values.WECHAT_BASE_URL.startsWith('https:'))
    faults.push('WECHAT_BASE_URL must be https in production: leave it out for WeChat itself.')
  if (new Set(values.TOKEN_SECRET).size < 12)
    faults.push('TOKEN_SECRET is weak: make one with `openssl rand -base64 48`.')
  return faults
}
