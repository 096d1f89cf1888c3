import type { KeyValue } from '@kinpass/wechat'
import { createWeChat } from '@kinpass/wechat'
import type { FastifyInstance } from 'fastify'
import { createRetention } from './audit/retention.ts'
import { composeRouter } from './compose-router.ts'
import type { Environment } from './config/schema.ts'
import { migrateWhenReachable } from './database/migrate-when-reachable.ts'
import { migrationsFolder } from './database/migrations-folder.ts'
import { type Database, openDatabase } from './database/open-database.ts'
import { answers } from './database/ping.ts'
import { closeServer } from './http/close-server.ts'
import { createCallGate } from './http/concurrency-limiter.ts'
import { createServer } from './http/server.ts'
import { readSigningKeys } from './keys/read-signing-keys.ts'
import { openKeyValue } from './keyvalue/open-key-value.ts'
import { createLogger, type Logger } from './log/logger.ts'
import { createPrismaRecords } from './stores/prisma-stores.ts'
import type { RecordStore } from './stores/stores.ts'

/** What a test or a benchmark may put in the place of the real thing. */
export interface Seams {
  clock?: () => Date
  random?: () => number
  fetch?: typeof fetch
  logger?: Logger
  /** Open and migrated, shared with others, and theirs to close; so is `keyValue`. */
  database?: Database
  keyValue?: KeyValue
  /** Lays something around the real records, such as a step at which the process dies. */
  aroundRecords?: (records: RecordStore) => RecordStore
}

/** Disposing of it lets no more calls in, waits for those inside, and then closes everything. */
export interface Api extends AsyncDisposable {
  readonly server: FastifyInstance
  readonly logger: Logger
  /**
   * Resolves when the database is migrated and calls are let in; until then they get `SERVICE_UNAVAILABLE`. Rejects when
   * that cannot come to pass: a migration failed, or the server refuses the user.
   */
  readonly ready: Promise<void>
}

/**
 * Builds the whole API from its settings; nothing else constructs anything. The embedded database is migrated when it
 * returns; a server, which may not be there yet, is migrated in the background.
 */
export async function composeApi(environment: Environment, seams: Seams = {}): Promise<Api> {
  const { clock = () => new Date(), random = Math.random, fetch = globalThis.fetch } = seams
  const { aroundRecords = (records) => records } = seams
  const logger = seams.logger ?? createLogger(environment.LOG_LEVEL)
  const signingKeys = await readSigningKeys(environment)
  const leaving = new AbortController()
  const gate = createCallGate({ mostInside: environment.MAX_CALLS_IN_FLIGHT })

  const database = seams.database
    ? lent(seams.database)
    : await openDatabase(environment.DATABASE_URL, {
        timeoutMs: environment.DATABASE_TIMEOUT_MS,
        onConnectionLost: (err) => logger.warn({ err }, 'a database connection was lost'),
      })
  const keyValue = seams.keyValue
    ? lent(seams.keyValue)
    : await openKeyValue(environment.REDIS_URL, { clock, logger })
  const wechat = createWeChat({
    appId: environment.WECHAT_APP_ID,
    secret: environment.WECHAT_APP_SECRET,
    baseUrl: environment.WECHAT_BASE_URL,
    deadlineMs: environment.WECHAT_TIMEOUT_MS,
    keyValue,
    clock,
    random,
    fetch,
    onEvent: (event) => logger.debug({ event }, 'wechat'),
  })
  const records = aroundRecords(createPrismaRecords(database))
  const server = createServer({
    router: composeRouter(environment, {
      gate,
      records,
      keyValue,
      wechat,
      signingKeys,
      logger,
      clock,
      random,
    }),
    logger,
    jwks: signingKeys.jwks,
    trustProxy: environment.TRUST_PROXY,
    isReady: async () => gate.isOpen && (await answers(database.pool)),
    isLeaving: () => leaving.signal.aborted,
  })

  const retention = createRetention({
    audit: records.audit,
    days: environment.AUDIT_RETENTION_DAYS,
    clock,
    onFailed: (err) => logger.warn({ err }, 'old events could not be removed from the audit'),
  })

  async function admitCalls(): Promise<void> {
    const { signal } = leaving
    const isMigrated =
      seams.database !== undefined ||
      (await migrateWhenReachable(database, { folder: migrationsFolder, logger, signal }))
    if (!isMigrated) return
    gate.open()
    retention.start()
  }
  const ready = admitCalls()
  const settled = ready.catch(() => {}) // Told to whoever waits for it, and to nobody else.

  const api: Api = {
    server,
    logger,
    ready,
    async [Symbol.asyncDispose]() {
      leaving.abort()
      await settled
      await gate.close()
      await closeServer(server)
      await retention[Symbol.asyncDispose]()
      await wechat[Symbol.asyncDispose]()
      await keyValue[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
  if (environment.DATABASE_URL.startsWith('pglite:')) await readyOrClosed(api)
  return api
}

async function readyOrClosed(api: Api): Promise<void> {
  try {
    await api.ready
  } catch (error) {
    await api[Symbol.asyncDispose]()
    throw error
  }
}

/** Something that stays its owner's to close. */
function lent<T extends object>(thing: T): T & AsyncDisposable {
  return { ...thing, [Symbol.asyncDispose]: async () => {} }
}
