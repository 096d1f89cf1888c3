// `pnpm --filter @kinpass/api force-refresh` revokes WeChat's access token after a leak and fetches another.
// The count towards WeChat's 20 per day is in the Redis of REDIS_URL, shared with all instances.
import { createMemoryKeyValue, createWeChat } from '@kinpass/wechat'
import { openRedisKeyValue } from '@kinpass/wechat/redis'
import { readConfig } from '../src/config/env.ts'

try {
  const config = readConfig()
  await using redis = config.REDIS_URL ? await openRedisKeyValue({ url: config.REDIS_URL }) : undefined
  if (!redis)
    console.error('REDIS_URL is not set: running instances use the revoked token until WeChat rejects it.')
  await using wechat = createWeChat({
    appId: config.WECHAT_APP_ID,
    secret: config.WECHAT_APP_SECRET,
    baseUrl: config.WECHAT_BASE_URL,
    keyValue: redis ?? createMemoryKeyValue(),
  })
  const { expiresInSeconds, remainingToday } = await wechat.forceRefreshAccessToken()
  console.log(`Fetched a new access token, valid for ${expiresInSeconds} seconds. ${remainingToday} forced refreshes remain today.
WeChat may accept the old token for a while. To revoke a leaked token for certain, repeat this after 30 seconds.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
