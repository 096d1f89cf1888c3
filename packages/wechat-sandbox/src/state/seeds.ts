import { z } from 'zod'
import { SandboxUsageError } from './sandbox-usage-error.ts'

/** Where and how WeChat pushes events to an app's server, as configured in the console. */
export const PushSetup = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }),
    token: z.string().min(1).max(32),
    /** 43 letters and digits; required by `secure` and `compatible`. */
    encodingAesKey: z
      .string()
      .regex(/^[A-Za-z0-9]{43}$/, 'an EncodingAESKey has 43 letters and digits')
      .optional(),
    mode: z.enum(['plain', 'compatible', 'secure']).optional(),
    format: z.enum(['json', 'xml']).optional(),
    /** Invalid JSON like the official sample's: some keys start with a space, a comma precedes the last brace. */
    sloppyJson: z.boolean().optional(),
  })
  .refine(({ mode = 'plain', encodingAesKey }) => mode === 'plain' || encodingAesKey !== undefined, {
    path: ['encodingAesKey'],
    message: 'this mode needs an encodingAesKey of 43 letters and digits',
  })
export type PushSetup = z.infer<typeof PushSetup>

/** An app (a mini-program). Ids and secrets that are left out are derived from the sandbox's seed. */
export const AppSeed = z.strictObject({
  /** `wx` and 16 hex digits. */
  appId: z.string().min(1).max(64).optional(),
  /** 32 hex digits. */
  secret: z.string().min(1).max(128).optional(),
  /** The Open Platform account that the app is bound to: apps of one account share their unionids. `null` for none. */
  platform: z.string().min(1).nullable().optional(),
  secretFrozen: z.boolean().optional(),
  /** Addresses and networks that may use the secret; every address when left out. */
  ipWhitelist: z.array(z.string()).optional(),
  /** Paid taps on the phone button; no limit when left out. */
  phoneTapsLeft: z.number().int().min(0).optional(),
  push: PushSetup.optional(),
})
export type AppSeed = z.infer<typeof AppSeed>

/** A person with a WeChat account. */
export const PersonSeed = z.strictObject({
  name: z.string().min(1).max(64),
  /** Each with its country code: `+8613800008915`. Empty or left out: no number is bound to the account. */
  phones: z.array(z.string()).max(5).optional(),
  nickName: z.string().max(64).optional(),
  /** A high-risk user, whose login WeChat blocks with 40226. */
  blocked: z.boolean().optional(),
})
export type PersonSeed = z.infer<typeof PersonSeed>

/** A `--seed` file; what is left out has its default. */
export const SeedFile = z.strictObject({
  seed: z.string().min(1).optional(),
  apps: z.array(AppSeed).min(1).optional(),
  people: z.array(PersonSeed).optional(),
})
export type SeedFile = z.infer<typeof SeedFile>

export const DEFAULT_APPS: readonly AppSeed[] = [{}]

export const DEFAULT_PEOPLE: readonly PersonSeed[] = [
  { name: 'alice', nickName: '柿柿如意', phones: ['+8613800008915', '+8613900002046'] },
  { name: 'bob', nickName: 'Bob', phones: ['+8613700003377'] },
  { name: 'carol', nickName: '卡蘿', phones: ['+85251234567'] },
]

/**
 * Parses outside input by a schema. Throws {@link SandboxUsageError} whose message starts with `label` and the path
 * of the first issue.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  label: string,
): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  throw new SandboxUsageError(
    'INVALID_INPUT',
    `${label} is invalid${path}: ${issue?.message ?? 'compare it with the schema'}`,
  )
}
