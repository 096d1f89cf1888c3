// One process of several that share a Redis: exchanges the phone codes of each line it reads, all at once, and
// answers each line with how many succeeded.
import { createInterface } from 'node:readline'
import { createWeChat } from '@kinpass/wechat'
import { openRedisKeyValue } from '@kinpass/wechat/redis'

const [baseUrl = '', redisUrl = '', appId = '', secret = ''] = process.argv.slice(2)

await using keyValue = await openRedisKeyValue({ url: redisUrl })
await using wechat = createWeChat({ appId, secret, baseUrl, keyValue, maxWatermarkAgeMs: 24 * 3_600_000 })

for await (const line of createInterface({ input: process.stdin })) {
  const phoneCodes = line.split(',')
  const outcomes = await Promise.allSettled(phoneCodes.map((phoneCode) => wechat.exchangePhoneCode({ phoneCode })))
  process.stdout.write(`${outcomes.filter(({ status }) => status === 'fulfilled').length}\n`)
}
