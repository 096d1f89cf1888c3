import { createWeChat } from '@kinpass/wechat'
import type { FastifyInstance } from 'fastify'
import { createAuditRefusals } from './audit/audit-refusals.ts'
import { migrate } from './database/migrate.ts'
import { type Database, openDatabase } from './database/open-database.ts'
import { createDataKeys } from './keys/data-keys.ts'
import { readSigningKeys } from './keys/read-signing-keys.ts'
import type { KeyValue } from './keyvalue/key-value.ts'
import { openKeyValue } from './keyvalue/open-key-value.ts'
import { createLogger, type Logger } from './logger.ts'
import { createAnswerLogin } from './login/answer-login.ts'
import { createAskOnce } from './login/ask-once.ts'
import { createWeChatCodes } from './login/wechat-codes.ts'
import { migrationsFolder } from './migrations-folder.ts'
import { createPrismaRecords } from './prisma-records.ts'
import { createRouter } from './router.ts'
import { createServer } from './server.ts'
import { createAccessTokens } from './session/access-token.ts'
import { createBeginSession } from './session/begin-session.ts'
import { createIdentifyCaller } from './session/caller.ts'
import { createCurrentSession } from './session/current-session.ts'
import { createRefreshTokens } from './session/refresh-token.ts'
import { createTokenPairs } from './session/token-pair.ts'
import type { Environment } from './settings.ts'

/** What a test or a benchmark may put in the place of the real thing. */
export interface Seams {
  clock?: () => Date
  random?: () => number
  fetch?: typeof fetch
  logger?: Logger
  /** Open and migrated, shared with others, and theirs to close; so is `keyValue`. */
  database?: Database
  keyValue?: KeyValue
}

export interface Api extends AsyncDisposable {
  readonly server: FastifyInstance
  readonly logger: Logger
}

/** Builds the whole API from its settings; the database is migrated when it returns. Nothing else constructs anything. */
export async function composeApi(environment: Environment, seams: Seams = {}): Promise<Api> {
  const { clock = () => new Date(), random = Math.random, fetch = globalThis.fetch } = seams
  const logger = seams.logger ?? createLogger(environment.LOG_LEVEL)
  const life = {
    idleSeconds: environment.SESSION_IDLE_SECONDS,
    absoluteSeconds: environment.SESSION_ABSOLUTE_SECONDS,
    graceSeconds: environment.REFRESH_GRACE_SECONDS,
  }

  const database = seams.database
    ? lent(seams.database)
    : await openDatabase(environment.DATABASE_URL, {
        onConnectionLost: (err) => logger.warn({ err }, 'a database connection was lost'),
      })
  if (!seams.database) await migrate(database.pool, migrationsFolder)
  const records = createPrismaRecords(database.prisma)
  const keyValue = seams.keyValue
    ? lent(seams.keyValue)
    : await openKeyValue(environment.REDIS_URL, { clock, logger })

  const dataKeys = createDataKeys(environment.DATA_SECRET)
  const signingKeys = await readSigningKeys(environment)
  const accessTokens = createAccessTokens({
    keys: signingKeys,
    lifetimeSeconds: environment.TOKEN_LIFETIME_SECONDS,
    clock,
  })
  const refreshTokens = createRefreshTokens(dataKeys)
  const makeTokenPair = createTokenPairs({ accessTokens, refreshTokens, clock })
  const identifyCaller = createIdentifyCaller(dataKeys)

  const wechat = createWeChat({
    appId: environment.WECHAT_APP_ID,
    secret: environment.WECHAT_APP_SECRET,
    baseUrl: environment.WECHAT_BASE_URL,
    keyValue,
    clock,
    random,
    fetch,
    onEvent: (event) => logger.debug({ event }, 'wechat'),
  })
  const codes = createWeChatCodes({
    wechat,
    askOnce: createAskOnce({ keyValue, dataKeys, clock }),
    phoneBinding: environment.WECHAT_PHONE_BINDING,
  })

  const router = createRouter({
    codes,
    records,
    dataKeys,
    identifyCaller,
    refreshTokens,
    makeTokenPair,
    life,
    clock,
    random,
    beginSession: createBeginSession({
      dataKeys,
      refreshTokens,
      absoluteLifetimeSeconds: life.absoluteSeconds,
      clock,
    }),
    answerLogin: createAnswerLogin({ sessions: records.sessions, makeTokenPair, life, clock }),
    currentSession: createCurrentSession({ sessions: records.sessions, accessTokens, life, clock }),
    auditRefusals: createAuditRefusals({
      audit: records.audit,
      identifyCaller,
      clock,
      onLost: (err) => logger.error({ err }, 'a refusal could not be written to the audit'),
    }),
  })
  const server = createServer({
    router,
    logger,
    jwks: signingKeys.jwks,
    trustProxy: environment.TRUST_PROXY,
    isReady: () =>
      database.pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
  })
  return {
    server,
    logger,
    async [Symbol.asyncDispose]() {
      await server.close()
      await wechat[Symbol.asyncDispose]()
      await keyValue[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Something that stays its owner's to close. */
function lent<T extends object>(thing: T): T & AsyncDisposable {
  return { ...thing, [Symbol.asyncDispose]: async () => {} }
}
