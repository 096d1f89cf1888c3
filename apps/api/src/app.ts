import { createWeChat, type KeyValue } from '@kinpass/wechat'
import type { FastifyInstance } from 'fastify'
import { createAuditRetention } from './audit/retention.ts'
import type { Config } from './config/schema.ts'
import { migrateWhenReachable } from './database/migrate-when-reachable.ts'
import { migrationsDirectory } from './database/migrations-directory.ts'
import { type Database, openDatabase } from './database/open-database.ts'
import { ping } from './database/ping.ts'
import { closeServer } from './http/close-server.ts'
import { createConcurrencyLimiter } from './http/concurrency-limiter.ts'
import { createServer } from './http/server.ts'
import { createSigningKeys } from './keys/signing-keys.ts'
import { openKeyValue } from './keyvalue/open-key-value.ts'
import { createLogger, type Logger } from './log/logger.ts'
import { createRouter } from './router.ts'
import { createPrismaStores } from './stores/prisma-stores.ts'
import type { StoresWithTransaction } from './stores/stores.ts'

/** Dependencies that a test or a benchmark replaces. */
export interface AppOverrides {
  clock?: () => Date
  random?: () => number
  fetch?: typeof fetch
  logger?: Logger
  /** An open and migrated database, shared with others. Its owner closes it. */
  database?: Database
  /** A key-value store, shared with others. Its owner closes it. */
  keyValue?: KeyValue
  /** Wraps the stores, for example to end the process at a certain step. */
  wrapStores?: (stores: StoresWithTransaction) => StoresWithTransaction
}

/** A running API. Disposing of it refuses new calls, waits for the calls in flight, and closes every connection. */
export interface App extends AsyncDisposable {
  readonly server: FastifyInstance
  readonly logger: Logger
  /**
   * Resolves when the database is migrated and the API accepts calls; until then a call gets `SERVICE_UNAVAILABLE`.
   * Rejects when a migration failed or the database server refuses the credentials.
   */
  readonly ready: Promise<void>
}

/**
 * Opens every resource of the API and connects them; `createRouter` builds the services on top.
 *
 * The embedded database is migrated when the promise resolves. A database server, which may not be reachable yet, is
 * migrated in the background.
 */
export async function createApp(config: Config, overrides: AppOverrides = {}): Promise<App> {
  const { clock = () => new Date(), random = Math.random, fetch = globalThis.fetch } = overrides
  const { wrapStores = (stores) => stores } = overrides
  const logger = overrides.logger ?? createLogger(config.LOG_LEVEL)
  const signingKeys = await createSigningKeys(config)
  const shutdown = new AbortController()
  const limiter = createConcurrencyLimiter({ maxConcurrent: config.MAX_CALLS_IN_FLIGHT })

  const database = overrides.database
    ? borrowed(overrides.database)
    : await openDatabase(config.DATABASE_URL, {
        timeoutMs: config.DATABASE_TIMEOUT_MS,
        onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
      })
  const keyValue = overrides.keyValue
    ? borrowed(overrides.keyValue)
    : await openKeyValue(config.REDIS_URL, { clock, logger })
  const wechat = createWeChat({
    appId: config.WECHAT_APP_ID,
    secret: config.WECHAT_APP_SECRET,
    baseUrl: config.WECHAT_BASE_URL,
    deadlineMs: config.WECHAT_TIMEOUT_MS,
    keyValue,
    clock,
    random,
    fetch,
    onEvent: (event) => logger.debug({ event }, 'wechat'),
  })
  const stores = wrapStores(createPrismaStores(database))
  const server = createServer({
    router: createRouter(config, {
      limiter,
      stores,
      keyValue,
      wechat,
      signingKeys,
      logger,
      clock,
      random,
    }),
    logger,
    jwks: signingKeys.jwks,
    trustProxy: config.TRUST_PROXY,
    isReady: async () => limiter.isOpen && (await ping(database.pool)),
    isShuttingDown: () => shutdown.signal.aborted,
  })
  const retention = createAuditRetention({
    audit: stores.audit,
    days: config.AUDIT_RETENTION_DAYS,
    clock,
    onError: (err) => logger.warn({ err }, 'audit retention failed'),
  })

  async function migrateAndOpen(): Promise<void> {
    const { signal } = shutdown
    const isMigrated =
      overrides.database !== undefined ||
      (await migrateWhenReachable(database, { directory: migrationsDirectory, logger, signal }))
    if (!isMigrated) return
    limiter.open()
    retention.start()
  }
  const ready = migrateAndOpen()
  const settled = ready.catch(() => {}) // The caller handles the rejection through `ready`.

  const app: App = {
    server,
    logger,
    ready,
    async [Symbol.asyncDispose]() {
      shutdown.abort()
      await settled
      await limiter.close()
      await closeServer(server)
      await retention[Symbol.asyncDispose]()
      await wechat[Symbol.asyncDispose]()
      await keyValue[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
  if (config.DATABASE_URL.startsWith('pglite:')) await readyOrDisposed(app)
  return app
}

async function readyOrDisposed(app: App): Promise<void> {
  try {
    await app.ready
  } catch (error) {
    await app[Symbol.asyncDispose]()
    throw error
  }
}

/** The same resource, which only its owner closes. */
function borrowed<T extends object>(resource: T): T & AsyncDisposable {
  return { ...resource, [Symbol.asyncDispose]: async () => {} }
}
