// A WeChat client in a process of its own. Exchanges the phone codes of each input line at once, and writes a line with
// the number of successes.
import { createInterface } from 'node:readline'
import { createWeChat } from '@kinpass/wechat'
import { openRedisKeyValue } from '@kinpass/wechat/redis'

const DEADLINE_MS = 60_000
const MAX_WATERMARK_AGE_MS = 24 * 3_600_000

const [baseUrl = '', redisUrl = '', appId = '', secret = ''] = process.argv.slice(2)

await using keyValue = await openRedisKeyValue({ url: redisUrl, timeoutMs: DEADLINE_MS })
await using wechat = createWeChat({
  appId,
  secret,
  baseUrl,
  keyValue,
  deadlineMs: DEADLINE_MS,
  maxWatermarkAgeMs: MAX_WATERMARK_AGE_MS,
})

for await (const line of createInterface({ input: process.stdin })) {
  const phoneCodes = line.split(',')
  const results = await Promise.allSettled(
    phoneCodes.map((phoneCode) => wechat.exchangePhoneCode({ phoneCode })),
  )
  process.stdout.write(`${results.filter(({ status }) => status === 'fulfilled').length}\n`)
}
