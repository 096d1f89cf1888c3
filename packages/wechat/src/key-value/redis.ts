import { Redis, type RedisOptions } from 'ioredis'
import type { KeyValue } from './key-value.ts'

/** Redis gave no answer, or not the one it promises. Holds no key and no value. */
export class KeyValueUnavailableError extends Error {
  override readonly name = 'KeyValueUnavailableError'
  readonly code = 'KEY_VALUE_UNAVAILABLE'
  readonly operation: keyof KeyValue | 'open'

  constructor(operation: keyof KeyValue | 'open', cause: unknown) {
    super(`Redis failed at ${operation}. Check that it runs and that REDIS_URL is right.`, {
      cause: withoutArguments(cause),
    })
    this.operation = operation
  }
}

export interface RedisKeyValueOptions {
  /** `redis://` or `rediss://`, user, password and database number included. */
  readonly url: string
  /** Stands before every key, so that several systems may share a Redis. */
  readonly prefix?: string
  /** How long one command may take, and a connection to open. */
  readonly timeoutMs?: number
  /** Whether to open although Redis cannot be reached yet: until it can, every command fails at once. */
  readonly allowUnavailable?: boolean
  /** The connection was lost, or could not be made again; ioredis goes on trying. */
  readonly onConnectionLost?: (error: Error) => void
}

const LONGEST_RECONNECT_PAUSE_MS = 1_000

/** Deletes a key if exactly this value stands there. */
const COMPARE_AND_DELETE = `
  if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('del', KEYS[1])`

/** Puts a value in the place of exactly this one. */
const COMPARE_AND_SET = `
  if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
  return 1`

/** Counts, and starts the life of the count with its first. */
const INCREMENT = `
  local sum = redis.call('incr', KEYS[1])
  if sum == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
  return sum`

/**
 * Opens the key-value port on Redis 6.2 or later, for any number of instances. Throws where Redis cannot be
 * reached, unless it may be away. While it is away later on, every command fails at once, and one that hangs fails at its timeout.
 */
export async function openRedisKeyValue(options: RedisKeyValueOptions): Promise<KeyValue & AsyncDisposable> {
  const redis = new Redis(options.url, connectionOptions(options))
  redis.on('error', (error: Error) => options.onConnectionLost?.(withoutArguments(error)))
  try {
    await redis.connect()
  } catch (error) {
    if (!options.allowUnavailable) {
      redis.disconnect()
      throw new KeyValueUnavailableError('open', error)
    }
  }

  async function run<T>(operation: keyof KeyValue, command: () => Promise<T>): Promise<T> {
    try {
      return await command()
    } catch (error) {
      throw new KeyValueUnavailableError(operation, error)
    }
  }

  return {
    get: (key) => run('get', async () => (await redis.get(key)) ?? undefined),
    set: (key, value, life) =>
      run('set', async () => {
        await redis.set(key, value, 'PX', ttl(life))
      }),
    setIfAbsent: (key, value, life) =>
      run('setIfAbsent', async () => (await redis.set(key, value, 'PX', ttl(life), 'NX')) === 'OK'),
    compareAndSet: (key, expected, value, life) =>
      run(
        'compareAndSet',
        async () => (await redis.eval(COMPARE_AND_SET, 1, key, expected, value, ttl(life))) === 1,
      ),
    compareAndDelete: (key, expected) =>
      run('compareAndDelete', async () => (await redis.eval(COMPARE_AND_DELETE, 1, key, expected)) === 1),
    take: (key) => run('take', async () => (await redis.getdel(key)) ?? undefined),
    increment: (key, life) =>
      run('increment', async () => Number(await redis.eval(INCREMENT, 1, key, ttl(life)))),
    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}

function connectionOptions({ prefix = 'kinpass:', timeoutMs = 1_000 }: RedisKeyValueOptions) {
  return {
    keyPrefix: prefix,
    lazyConnect: true,
    // A command of a dead Redis fails at once instead of waiting for its return.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    // Drops a connection that swallows commands, so that the next one is opened.
    socketTimeout: 2 * timeoutMs,
    retryStrategy: (attempt: number) => Math.min(50 * attempt, LONGEST_RECONNECT_PAUSE_MS),
  } satisfies RedisOptions
}

/** Redis takes whole milliseconds above zero. */
function ttl({ ttlMs }: { ttlMs: number }): number {
  return Math.max(1, Math.ceil(ttlMs))
}

/** ioredis hangs the command with its arguments on an error: values that no log may hold. */
function withoutArguments(error: unknown): Error {
  return error instanceof Error ? new Error(`${error.name}: ${error.message}`) : new Error('not an error')
}
