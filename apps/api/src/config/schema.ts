import { z } from 'zod'

const DAY_SECONDS = 86_400

const Port = z.coerce.number().int().min(0).max(65_535)
const PositiveInteger = z.coerce.number().int().positive()
const Milliseconds = z.coerce.number().int().min(100)

/** One secret or several, comma-separated, newest first. */
const Secrets = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .refine((secrets) => secrets.every((secret) => secret.length >= 32), {
    error: 'is weak: use at least 32 characters, such as the output of `openssl rand -base64 48`',
  })
  .transform((secrets) => secrets as [string, ...string[]]) // split() returns at least one element.

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
      context.addIssue({ code: 'custom', message: 'is not JSON: use an array of private JWKs' })
      return z.NEVER
    }
  })
  .pipe(z.tuple([PrivateKey], PrivateKey))

/** The config of the API by environment variable. `.env.example` and `--help` are generated from it. */
export const Config = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('`production` refuses to start with missing or weak config.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. 0.0.0.0 in a container.'),
  PORT: Port.default(3000).describe('Port to listen on.'),
  TRUST_PROXY: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Number of trusted proxies in front of the API, whose X-Forwarded-For is used.'),
  MAX_CALLS_IN_FLIGHT: PositiveInteger.default(500).describe(
    'Maximum concurrent calls per instance; more get 503 with a retry time.',
  ),
  SHUTDOWN_GRACE_SECONDS: PositiveInteger.default(20).describe(
    'Maximum time for calls in flight to end after SIGTERM; then the process exits.',
  ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Minimum level of log lines: fatal, error, warn, info, debug, trace, silent.'),
  DATABASE_URL: z
    .string()
    .min(1)
    .default('pglite:./.kinpass/database')
    .describe('postgresql://… for a server, pglite:./directory for the embedded database.'),
  DATABASE_TIMEOUT_MS: Milliseconds.default(5_000).describe(
    'Timeout of a PostgreSQL connection attempt and of a statement.',
  ),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('redis://…. Required for more than one instance. Unset: shared state is in memory.'),
  WECHAT_APP_ID: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'is not an appid: wx and 16 hex digits, from the mini-program console')
    .describe('AppID of the mini-program, from its console.'),
  WECHAT_APP_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'is not an AppSecret: 32 hex digits, from the mini-program console')
    .describe('AppSecret of the mini-program, from its console.'),
  WECHAT_BASE_URL: z
    .url()
    .default('https://api.weixin.qq.com')
    .describe('Base URL of the WeChat API, or of a WeChat sandbox.'),
  WECHAT_TIMEOUT_MS: Milliseconds.default(5_000).describe('Timeout of a request to WeChat.'),
  WECHAT_PHONE_BINDING: z
    .enum(['require', 'prefer', 'off'])
    .default('require')
    .describe('Whether WeChat must confirm that login code and phone code belong to the same user.'),
  TOKEN_ALGORITHM: z
    .enum(['HS256', 'ES256'])
    .default('HS256')
    .describe(
      'Signature algorithm of access tokens. ES256 publishes its public keys at /.well-known/jwks.json.',
    ),
  TOKEN_SECRET: Secrets.optional().describe(
    'Signs access tokens with HS256. At least 32 characters. To rotate, deploy old,new to every instance, then new,old, then new.',
  ),
  TOKEN_PRIVATE_KEYS: PrivateKeys.optional().describe(
    'Signs access tokens with ES256: a JSON array of private EC JWKs on P-256, newest first.',
  ),
  TOKEN_LIFETIME_SECONDS: PositiveInteger.default(900).describe('Lifetime of an access token.'),
  DATA_SECRET: Secrets.describe(
    'Hashes and encrypts stored data: refresh tokens, WeChat responses, addresses. At least 32 characters. To rotate, deploy old,new, then new,old, then new.',
  ),
  SESSION_IDLE_SECONDS: PositiveInteger.default(30 * DAY_SECONDS).describe(
    'Maximum time between renewals of a session; then it expires.',
  ),
  SESSION_ABSOLUTE_SECONDS: PositiveInteger.default(180 * DAY_SECONDS).describe(
    'Maximum lifetime of a session.',
  ),
  REFRESH_GRACE_SECONDS: PositiveInteger.default(60).describe(
    'How long a rotated refresh token returns the same response, for clients that lost it.',
  ),
  AUDIT_RETENTION_DAYS: PositiveInteger.default(180).describe('Retention of the login audit log.'),
})
export type Config = z.infer<typeof Config>

/** Variables that can also be read from a file. `NAME_FILE` is the path of that file. */
export const SECRET_NAMES = [
  'DATABASE_URL',
  'REDIS_URL',
  'WECHAT_APP_SECRET',
  'TOKEN_SECRET',
  'TOKEN_PRIVATE_KEYS',
  'DATA_SECRET',
] as const
