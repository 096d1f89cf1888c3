import type { KeyValue } from '@kinpass/wechat'
import { createMemoryKeyValue } from '@kinpass/wechat'
import type { Logger } from '../log/logger.ts'
import { createFallbackKeyValue } from './fallback-key-value.ts'

/** Redis where a URL names one, backed by memory while it is away; memory alone without a URL. */
export async function openKeyValue(
  url: string | undefined,
  parts: { clock: () => Date; logger: Logger },
): Promise<KeyValue & AsyncDisposable> {
  const { clock, logger } = parts
  const memory = createMemoryKeyValue({ clock })
  if (url === undefined) return { ...memory, [Symbol.asyncDispose]: async () => {} }

  const { openRedisKeyValue } = await import('@kinpass/wechat/redis') // Loaded where it is used.
  let onConnectionLost = () => {}
  // A Redis that is away is told by the fallback; one that is back may be empty.
  const redis = await openRedisKeyValue({ url, allowUnavailable: true, onConnectionLost: () => onConnectionLost() })
  const fallback = createFallbackKeyValue({
    primary: redis,
    fallback: memory,
    now: () => performance.now(),
    onDown: (err) =>
      logger.error({ err }, 'ALARM: Redis is away; this instance keeps its own memory until it is back'),
    onUp: () => logger.warn('Redis is back'),
  })
  onConnectionLost = () => fallback.markStale()
  return { ...fallback, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() }
}
