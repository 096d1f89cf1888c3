import { z } from 'zod'

const Port = z.coerce.number().int().min(0).max(65_535)
const Seconds = z.coerce.number().int().positive()
const Milliseconds = z.coerce.number().int().min(100)
const day = 86_400

/** One secret, or several with commas between them, the newest first. */
const Secrets = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .refine((secrets) => secrets.every((secret) => secret.length >= 32), {
    error: 'is weak: give at least 32 characters, such as `openssl rand -base64 48`',
  })
  .transform((secrets) => secrets as [string, ...string[]]) // splitting a text yields at least one part

const PrivateKey = z.looseObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().exactOptional(),
})
const PrivateKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON: give an array of private JWKs' })
      return z.NEVER
    }
  })
  .pipe(z.tuple([PrivateKey], PrivateKey))

/** Every setting of the API: its shape, its default and what it is for. `.env.example` is written from it. */
export const Environment = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
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
  MAX_CALLS_IN_FLIGHT: z.coerce
    .number()
    .int()
    .positive()
    .default(500)
    .describe(
      'How many calls one instance works on at once; the rest is told to come again in some seconds.',
    ),
  SHUTDOWN_GRACE_SECONDS: Seconds.default(20).describe(
    'How long calls may take to end after SIGTERM, before the process ends all the same.',
  ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much the log tells.'),
  DATABASE_URL: z
    .string()
    .min(1)
    .default('pglite:./.kinpass/database')
    .describe('postgresql://… for a server, pglite:./folder for the embedded database.'),
  DATABASE_TIMEOUT_MS: Milliseconds.default(5_000).describe(
    'How long a PostgreSQL server may take for a connection and for a statement.',
  ),
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
  WECHAT_TIMEOUT_MS: Milliseconds.default(5_000).describe('How long one request to WeChat may take.'),
  WECHAT_PHONE_BINDING: z
    .enum(['require', 'prefer', 'off'])
    .default('require')
    .describe('Whether WeChat must confirm that login code and phone code belong to one person.'),
  TOKEN_ALGORITHM: z
    .enum(['HS256', 'ES256'])
    .default('HS256')
    .describe('How access tokens are signed. ES256 publishes its public keys at /.well-known/jwks.json.'),
  TOKEN_SECRET: Secrets.optional().describe(
    'Signs the access tokens with HS256. At least 32 characters; to rotate, give old,new to every instance, then new,old, then new.',
  ),
  TOKEN_PRIVATE_KEYS: PrivateKeys.optional().describe(
    'Signs the access tokens with ES256: a JSON array of private EC JWKs on P-256, the newest first.',
  ),
  TOKEN_LIFETIME_SECONDS: Seconds.default(900).describe('How long an access token lives.'),
  DATA_SECRET: Secrets.describe(
    'Protects what is kept: refresh tokens, answers of WeChat, addresses. At least 32 characters; to rotate: old,new, then new,old, then new.',
  ),
  SESSION_IDLE_SECONDS: Seconds.default(30 * day).describe('How long a session lives without being renewed.'),
  SESSION_ABSOLUTE_SECONDS: Seconds.default(180 * day).describe('How long a session lives at the most.'),
  REFRESH_GRACE_SECONDS: Seconds.default(60).describe(
    'How long a rotated refresh token still gets the same answer, for a client whose answer was lost.',
  ),
  AUDIT_RETENTION_DAYS: Seconds.default(180).describe('How long the audit of logins is kept.'),
})
export type Environment = z.infer<typeof Environment>

/** The settings that are secrets: each may also come from a file, named by the setting with `_FILE` behind it. */
export const secretNames = [
  'DATABASE_URL',
  'REDIS_URL',
  'WECHAT_APP_SECRET',
  'TOKEN_SECRET',
  'TOKEN_PRIVATE_KEYS',
  'DATA_SECRET',
] as const
