import { Redis, type RedisOptions } from 'ioredis'
import type { KeyValue, Ttl } from './key-value.ts'

/** Redis did not respond, or responded with an error. Contains no key and no value. */
export class KeyValueUnavailableError extends Error {
  override readonly name = 'KeyValueUnavailableError'
  readonly code = 'KEY_VALUE_UNAVAILABLE'
  readonly operation: keyof KeyValue | 'open'

  constructor(operation: keyof KeyValue | 'open', cause: unknown) {
    super(`Redis failed at ${operation}. Check that it runs and that its URL is right.`, {
      cause: withoutArguments(cause),
    })
    this.operation = operation
  }
}

export interface RedisKeyValueOptions {
  /** `redis://` or `rediss://`, including user, password and database number. */
  readonly url: string
  /** Key prefix, so that several systems can share one Redis. Default: `kinpass:`. */
  readonly prefix?: string
  /** Timeout of one command, and of opening a connection. Default: 1 s. */
  readonly timeoutMs?: number
  /** Opens even if Redis is unreachable; every command fails at once until it is reachable. Default: false. */
  readonly allowUnavailable?: boolean
  /** Called when the connection is lost and after each failed reconnect; ioredis keeps reconnecting. */
  readonly onConnectionLost?: (error: Error) => void
}

const MAX_RECONNECT_DELAY_MS = 1_000

const COMPARE_AND_DELETE = `
  if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('del', KEYS[1])`

const COMPARE_AND_SET = `
  if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
  return 1`

const INCREMENT = `
  local sum = redis.call('incr', KEYS[1])
  if sum == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
  return sum`

/**
 * Opens a {@link KeyValue} on Redis, shared by any number of processes. Tested with Redis 7.
 *
 * Throws `KeyValueUnavailableError` if Redis is unreachable and `allowUnavailable` is not set. While the connection
 * is down, commands fail at once; a command without a response fails after `timeoutMs`.
 */
export async function openRedisKeyValue(options: RedisKeyValueOptions): Promise<KeyValue & AsyncDisposable> {
  const redis = new Redis(options.url, toRedisOptions(options))
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
    set: (key, value, ttl) =>
      run('set', async () => {
        await redis.set(key, value, 'PX', toMilliseconds(ttl))
      }),
    setIfAbsent: (key, value, ttl) =>
      run('setIfAbsent', async () => (await redis.set(key, value, 'PX', toMilliseconds(ttl), 'NX')) === 'OK'),
    compareAndSet: (key, expected, value, ttl) =>
      run(
        'compareAndSet',
        async () => (await redis.eval(COMPARE_AND_SET, 1, key, expected, value, toMilliseconds(ttl))) === 1,
      ),
    compareAndDelete: (key, expected) =>
      run('compareAndDelete', async () => (await redis.eval(COMPARE_AND_DELETE, 1, key, expected)) === 1),
    increment: (key, ttl) =>
      run('increment', async () => Number(await redis.eval(INCREMENT, 1, key, toMilliseconds(ttl)))),
    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}

function toRedisOptions({ prefix = 'kinpass:', timeoutMs = 1_000 }: RedisKeyValueOptions) {
  return {
    keyPrefix: prefix,
    lazyConnect: true,
    // While the connection is down, a command fails at once instead of waiting for the reconnect.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    // Closes a connection that no longer responds, so that a new one is opened.
    socketTimeout: 2 * timeoutMs,
    retryStrategy: (attempt: number) => Math.min(50 * attempt, MAX_RECONNECT_DELAY_MS),
  } satisfies RedisOptions
}

/** Redis accepts whole milliseconds above zero. */
function toMilliseconds({ ttlMs }: Ttl): number {
  return Math.max(1, Math.ceil(ttlMs))
}

/** ioredis attaches the command and its arguments, which may be secret, to an error. */
function withoutArguments(error: unknown): Error {
  return error instanceof Error ? new Error(`${error.name}: ${error.message}`) : new Error('not an error')
}
