import type { AppRouter } from '@kinpass/contracts'
import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { createApp, createLogger, readConfig, type AppOverrides } from '../src/index.ts'

export interface RunningApi extends AsyncDisposable {
  readonly url: string
  readonly wechat: Sandbox
  /** Everything that the log has said so far. */
  readonly log: () => string
  /** A caller on some device, with or without an `authorization` header. */
  as(caller?: { authorization?: string; device?: string }): ReturnType<typeof clientOf>
}

const TOKEN_SECRET = 'Qm9vbSBhIHNlY3JldCB0aGF0IGlzIGxvbmcgZW5vdWdo'
const DATA_SECRET = 'Zml0dGluZyBkYXRhIHNlY3JldCBmb3IgdGhlIHRlc3Rz'

/** A real API on a real port, with the local WeChat behind it and a database of the caller's choice. */
export async function startApi(
  options: {
    databaseUrl?: string
    wechat?: Sandbox
    environment?: Record<string, string>
    seams?: AppOverrides
    /** Whether the API lets calls in when this returns; true unless given. */
    waitForDatabase?: boolean
  } = {},
): Promise<RunningApi> {
  const wechat = options.wechat ?? (await startSandbox())
  const lines: string[] = []
  const api = await createApp(
    readConfig(
      apiEnvironment(wechat, {
        DATABASE_URL: options.databaseUrl ?? 'pglite:memory',
        ...options.environment,
      }),
    ),
    {
      clock: () => wechat.clock.now(),
      logger: createLogger('trace', { write: (line) => lines.push(line) }),
      ...options.seams,
    },
  )
  if (options.waitForDatabase ?? true) await api.ready
  const url = await api.server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    wechat,
    log: () => lines.join(''),
    as: (caller = {}) => clientOf(url, caller),
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      if (!options.wechat) await wechat[Symbol.asyncDispose]()
    },
  }
}

/** The settings of an API that knows this WeChat. */
export function apiEnvironment(wechat: Sandbox, others: Record<string, string>): Record<string, string> {
  return {
    NODE_ENV: 'test',
    WECHAT_APP_ID: wechat.app.appId,
    WECHAT_APP_SECRET: wechat.app.secret,
    WECHAT_BASE_URL: wechat.url,
    TOKEN_SECRET,
    DATA_SECRET,
    ...others,
  }
}

function clientOf(url: string, { authorization, device }: { authorization?: string; device?: string }) {
  const headers = {
    ...(authorization !== undefined && { authorization }),
    ...(device !== undefined && { 'x-installation-id': device }),
  }
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] })
}

/** The failure code that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'none'
  } catch (error) {
    if (error instanceof TRPCClientError && error.data) return String(error.data.failure)
    throw error
  }
}
