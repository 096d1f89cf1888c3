import { createMemoryKeyValue } from '@kinpass/wechat'
import { frozenClock, type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { expect } from 'vitest'
import type { Database } from '../src/database/open-database.ts'
import type { AppOverrides } from '../src/index.ts'
import { type RunningApi, startApi } from './_api.ts'
import { type DatabaseLocation, databases, type TestDatabase } from './_databases.ts'
import { findRedisServer, startRedis } from './_redis.ts'

/** What any number of API instances share: a sandbox whose clock they use, a database and a key-value store. */
export interface TestService extends AsyncDisposable {
  readonly wechat: Sandbox
  readonly database: Database
  /** Starts another instance. It ends with the service at the latest. */
  start(env?: Record<string, string>, overrides?: AppOverrides): Promise<RunningApi>
}

/** A database and a key-value store that services run on. */
export interface Backend {
  readonly name: string
  open(): Promise<TestService>
}

const redis = findRedisServer()

/** PGlite with memory, and PostgreSQL with Redis where both are installed. Instances are real servers on both. */
export const backends: readonly Backend[] = databases.flatMap((kind) => {
  if (kind.name === 'PGlite') return [{ name: 'PGlite and memory', open: () => openInProcess(kind) }]
  return redis === undefined ? [] : [{ name: 'PostgreSQL and Redis', open: () => openOnServers(kind, redis) }]
})

/** The backend for tests to which the kind of storage makes no difference. */
export const fastBackend: Backend = backends[0] ?? expect.fail('PGlite is always there')

async function openInProcess(kind: TestDatabase): Promise<TestService> {
  const { wechat, database } = await openShared(kind)
  const keyValue = createMemoryKeyValue({ clock: () => wechat.clock.now() })
  return createService(wechat, database, (env, overrides) =>
    startApi({ wechat, env, databaseUrl: database.url, overrides: { database, keyValue, ...overrides } }),
  )
}

async function openOnServers(kind: TestDatabase, program: string): Promise<TestService> {
  const { wechat, database } = await openShared(kind)
  const redisServer = await startRedis(program)
  const service = createService(wechat, database, (env, overrides) =>
    startApi({
      wechat,
      overrides,
      databaseUrl: database.url,
      env: { REDIS_URL: redisServer.url, ...env },
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

async function openShared(kind: TestDatabase) {
  const wechat = await startSandbox({ clock: frozenClock('2026-05-04T08:00:00.900Z') })
  return { wechat, database: await kind.open() }
}

function createService(
  wechat: Sandbox,
  database: Database & DatabaseLocation,
  startInstance: (env: Record<string, string>, overrides: AppOverrides) => Promise<RunningApi>,
): TestService {
  const instances: RunningApi[] = []
  return {
    wechat,
    database,
    async start(env = {}, overrides = {}) {
      const api = await startInstance(env, overrides)
      const instance = { ...api, [Symbol.asyncDispose]: once(() => api[Symbol.asyncDispose]()) }
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

function once(fn: () => PromiseLike<void>): () => Promise<void> {
  let result: Promise<void> | undefined
  return () => {
    result ??= Promise.resolve(fn())
    return result
  }
}
