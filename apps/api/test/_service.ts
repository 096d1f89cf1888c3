import { createMemoryKeyValue } from '@kinpass/wechat'
import { frozenClock, type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import type { Database } from '../src/database/open-database.ts'
import type { AppOverrides } from '../src/index.ts'
import { type RunningApi, startApi } from './_api.ts'
import { type DatabasePlace, databases, type TestDatabase } from './_databases.ts'
import { findRedis, startRedis } from './_redis.ts'

/** What any number of API instances share: a WeChat whose clock all of them read, a database, a key-value store. */
export interface Service extends AsyncDisposable {
  readonly wechat: Sandbox
  readonly database: Database
  /** Starts one more instance, which ends with the service at the latest. */
  start(environment?: Record<string, string>, seams?: AppOverrides): Promise<RunningApi>
}

/** Where a service stands. */
export interface Ground {
  readonly name: string
  open(): Promise<Service>
}

const redis = findRedis()

/** PGlite with memory, and PostgreSQL with Redis where both are installed. Instances are real servers on both. */
export const grounds: readonly Ground[] = databases.flatMap((database) => {
  if (database.name === 'PGlite') return [{ name: 'PGlite and memory', open: () => openInProcess(database) }]
  return redis === undefined
    ? []
    : [{ name: 'PostgreSQL and Redis', open: () => openOnServers(database, redis) }]
})

async function openInProcess(kind: TestDatabase): Promise<Service> {
  const { wechat, database } = await openBoth(kind)
  const keyValue = createMemoryKeyValue({ clock: () => wechat.clock.now() })
  return serve(wechat, database, (environment, seams) =>
    startApi({ wechat, environment, databaseUrl: database.url, seams: { database, keyValue, ...seams } }),
  )
}

async function openOnServers(kind: TestDatabase, program: string): Promise<Service> {
  const { wechat, database } = await openBoth(kind)
  const redisServer = await startRedis(program)
  const service = serve(wechat, database, (environment, seams) =>
    startApi({
      wechat,
      seams,
      databaseUrl: database.url,
      environment: { REDIS_URL: redisServer.url, ...environment },
    }),
  )
  return {
    ...service,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]()
      await redisServer[Symbol.asyncDispose]()
    },
  }
}

async function openBoth(kind: TestDatabase) {
  const wechat = await startSandbox({ clock: frozenClock('2026-05-04T08:00:00.900Z') })
  return { wechat, database: await kind.fresh() }
}

function serve(
  wechat: Sandbox,
  database: Database & DatabasePlace,
  startOne: (environment: Record<string, string>, seams: AppOverrides) => Promise<RunningApi>,
): Service {
  const instances: RunningApi[] = []
  return {
    wechat,
    database,
    async start(environment = {}, seams = {}) {
      const api = await startOne(environment, seams)
      const ending = once(() => api[Symbol.asyncDispose]())
      const instance = { ...api, [Symbol.asyncDispose]: ending }
      instances.push(instance)
      return instance
    },
    async [Symbol.asyncDispose]() {
      for (const api of instances) await api[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await wechat[Symbol.asyncDispose]()
    },
  }
}

function once(work: () => PromiseLike<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= Promise.resolve(work())
    return done
  }
}
