import { startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { bundleScript, type Child, startChild } from './_child.ts'
import { findRedisServer, startRedis } from './_redis.ts'

const redisProgram = findRedisServer()
const CALLS = 250

test.skipIf(redisProgram === undefined)(
  redisProgram === undefined
    ? 'two processes on one Redis: not run, because PATH has no redis-server'
    : 'two processes on one Redis fetch one access token, and one more when WeChat refuses it in all their calls',
  async () => {
    await using wechat = await startSandbox()
    await using redis = await startRedis(redisProgram ?? '')
    // So slow that both processes find the store empty.
    wechat.faults.add({ kind: 'slow', endpoint: 'stable_token', times: 10, ms: 300 })
    const settings = [wechat.url, redis.url, wechat.app.appId, wechat.app.secret]
    const script = await bundleScript('test/_child-phone-codes.ts')
    await using first = startChild(script, { args: settings })
    await using second = startChild(script, { args: settings })
    const alice = wechat.person('alice')
    const exchange = (child: Child) => {
      child.send(Array.from({ length: CALLS }, () => alice.allowsPhone()).join(','))
      return child.waitForLine((line) => (/^\d+$/.test(line) ? Number(line) : undefined))
    }
    const tokenFetches = () =>
      wechat.calls.filter(({ endpoint }) => endpoint === '/cgi-bin/stable_token').length

    expect(await Promise.all([exchange(first), exchange(second)])).toEqual([CALLS, CALLS])
    expect(tokenFetches()).toBe(1)

    // The clocks of the processes do not advance: they hold the token for valid, and WeChat refuses it with 42001.
    wechat.clock.advance(2 * 3_600_000)
    expect(await Promise.all([exchange(first), exchange(second)])).toEqual([CALLS, CALLS])
    expect(tokenFetches()).toBe(2)
  },
)
