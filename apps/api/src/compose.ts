import { createWeChat } from '@kinpass/wechat'
import type { FastifyInstance } from 'fastify'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open-database.ts'
import type { Environment } from './env.ts'
import { createLogger, type Logger } from './logger.ts'
import { createPrismaMembers } from './members/prisma-members.ts'
import { migrationsFolder } from './migrations-folder.ts'
import { createRouter } from './router.ts'
import { createServer } from './server.ts'
import { createAccessTokens } from './session/access-token.ts'

/** What a test or a benchmark may put in the place of the real thing. */
export interface Seams {
  clock?: () => Date
  random?: () => number
  fetch?: typeof fetch
  logger?: Logger
}

export interface Api extends AsyncDisposable {
  readonly server: FastifyInstance
  readonly logger: Logger
}

/** Builds the whole API from its settings; the database is migrated when it returns. Nothing else constructs anything. */
export async function composeApi(environment: Environment, seams: Seams = {}): Promise<Api> {
  const { clock = () => new Date(), random = Math.random, fetch = globalThis.fetch } = seams
  const logger = seams.logger ?? createLogger(environment.LOG_LEVEL)
  const database = await openDatabase(environment.DATABASE_URL, {
    onConnectionLost: (err) => logger.warn({ err }, 'a database connection was lost'),
  })
  await migrate(database.pool, migrationsFolder)

  const wechat = createWeChat({
    appId: environment.WECHAT_APP_ID,
    secret: environment.WECHAT_APP_SECRET,
    baseUrl: environment.WECHAT_BASE_URL,
    clock,
    random,
    fetch,
  })
  const router = createRouter({
    wechat,
    members: createPrismaMembers(database.prisma),
    accessTokens: createAccessTokens({
      secret: environment.TOKEN_SECRET,
      lifetimeSeconds: environment.TOKEN_LIFETIME_SECONDS,
      clock,
    }),
    random,
  })
  const server = createServer({
    router,
    logger,
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
      await database[Symbol.asyncDispose]()
    },
  }
}
