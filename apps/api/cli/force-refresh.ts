// `pnpm --filter @kinpass/api force-refresh`: kills WeChat's access token after a leak, and takes another.
// Counts WeChat's twenty a day in the store that REDIS_URL names, which all instances share.
import { createMemoryKeyValue, createWeChat } from '@kinpass/wechat'
import { openRedisKeyValue } from '@kinpass/wechat/redis'
import { readConfig } from '../src/config/env.ts'

try {
  const { REDIS_URL: url, ...settings } = readConfig()
  const redis = url === undefined ? undefined : await openRedisKeyValue({ url })
  if (!redis)
    console.error(
      'REDIS_URL is not set: running instances go on with the killed token until WeChat refuses it.',
    )
  await using wechat = createWeChat({
    appId: settings.WECHAT_APP_ID,
    secret: settings.WECHAT_APP_SECRET,
    baseUrl: settings.WECHAT_BASE_URL,
    keyValue: redis ?? createMemoryKeyValue(),
  })
  const { expiresInSeconds, remainingToday } = await wechat.forceRefreshAccessToken()
  await redis?.[Symbol.asyncDispose]()
  console.log(`A new access token stands, good for ${expiresInSeconds} seconds. ${remainingToday} forced refreshes are left today.
The first leaves the old token alive for a while: to be sure that a leaked one is dead, repeat this in more than 30 seconds.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
