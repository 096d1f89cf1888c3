import type { KeyValue } from '@kinpass/wechat'
import { createMemoryKeyValue } from '@kinpass/wechat'
import type { Logger } from '../log/logger.ts'
import { createFallbackKeyValue } from './fallback-key-value.ts'

/** Opens Redis with an in-memory fallback, or only memory if `url` is undefined. */
export async function openKeyValue(
  url: string | undefined,
  deps: { clock: () => Date; logger: Logger },
): Promise<KeyValue & AsyncDisposable> {
  const { clock, logger } = deps
  const memory = createMemoryKeyValue({ clock })
  if (url === undefined) return { ...memory, [Symbol.asyncDispose]: async () => {} }

  const { openRedisKeyValue } = await import('@kinpass/wechat/redis') // On demand: memory alone does not load ioredis.
  let onConnectionLost = () => {}
  const redis = await openRedisKeyValue({
    url,
    allowUnavailable: true,
    onConnectionLost: () => onConnectionLost(),
  })
  const keyValue = createFallbackKeyValue({
    primary: redis,
    fallback: memory,
    now: () => performance.now(),
    onDown: (err) => logger.error({ err }, 'redis unavailable, using in-memory fallback'),
    onUp: () => logger.warn('redis available again'),
  })
  onConnectionLost = () => keyValue.markStale() // A reconnected Redis may have restarted empty.
  return { ...keyValue, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() }
}
