import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { TRPCClientError } from '@trpc/client'
import { type AppOverrides, createApp, createLogger, readConfig } from '../src/index.ts'

export interface RunningApi extends AsyncDisposable {
  readonly url: string
  readonly wechat: Sandbox
  /** All log lines so far. */
  readonly log: () => string
}

const TOKEN_SECRET = 'Qm9vbSBhIHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo'
const DATA_SECRET = 'Zml0dGluZyBkYXRhIHNlY3JldCBmb3IgdGhlIHRlc3Rz'

/** Starts the API on a free port, with a sandbox and a database in memory unless others are given. */
export async function startApi(
  options: {
    databaseUrl?: string
    wechat?: Sandbox
    env?: Record<string, string>
    overrides?: AppOverrides
    /** Whether to return only when the database is migrated. Default: true. */
    waitForDatabase?: boolean
  } = {},
): Promise<RunningApi> {
  const wechat = options.wechat ?? (await startSandbox())
  const lines: string[] = []
  const config = readConfig(
    createApiEnv(wechat, { DATABASE_URL: options.databaseUrl ?? 'pglite:memory', ...options.env }),
  )
  const app = await createApp(config, {
    clock: () => wechat.clock.now(),
    logger: createLogger('trace', { write: (line) => lines.push(line) }),
    ...options.overrides,
  })
  if (options.waitForDatabase ?? true) await app.ready
  const url = await app.server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    wechat,
    log: () => lines.join(''),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      if (!options.wechat) await wechat[Symbol.asyncDispose]()
    },
  }
}

/** Environment variables of an API that uses this WeChat, with timeouts that a loaded machine does not reach. */
export function createApiEnv(wechat: Sandbox, others: Record<string, string>): Record<string, string> {
  return {
    NODE_ENV: 'test',
    WECHAT_APP_ID: wechat.app.appId,
    WECHAT_APP_SECRET: wechat.app.secret,
    WECHAT_BASE_URL: wechat.url,
    WECHAT_TIMEOUT_MS: '60000',
    DATABASE_TIMEOUT_MS: '60000',
    TOKEN_SECRET,
    DATA_SECRET,
    ...others,
  }
}

/** The failure code of a rejected call; `none` when it succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'none'
  } catch (error) {
    if (error instanceof TRPCClientError && error.data) return String(error.data.failure)
    throw error
  }
}
