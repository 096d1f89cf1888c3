import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { findRedis, startRedis } from './_redis.ts'

const redisProgram = findRedis()
const CALLS = 250

interface Instance extends AsyncDisposable {
  /** Exchanges all codes at once; gives how many became a phone number. */
  exchange(phoneCodes: readonly string[]): Promise<number>
}

/** Another operating-system process, with a WeChat client of its own. */
function startInstance(...settings: string[]): Instance {
  const script = new URL('_ask-for-phones.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    async exchange(phoneCodes) {
      child.stdin.write(`${phoneCodes.join(',')}\n`)
      const { value } = await lines.next()
      return Number(value)
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await ended
    },
  }
}

test.skipIf(redisProgram === undefined)(
  redisProgram === undefined
    ? 'two processes on one Redis: not run, because no redis-server stands on PATH'
    : 'two processes on one Redis fetch one token, and one more when it dies under all their calls',
  async () => {
    await using weChat = await startSandbox()
    await using redis = await startRedis(redisProgram ?? '')
    // So slow that both processes stand before an empty store at once.
    weChat.faults.add({ kind: 'slow', endpoint: 'stable_token', times: 10, ms: 300 })
    const settings = [weChat.url, redis.url, weChat.app.appId, weChat.app.secret]
    await using first = startInstance(...settings)
    await using second = startInstance(...settings)
    const alice = weChat.person('alice')
    const taps = () => Array.from({ length: CALLS }, () => alice.allowsPhone())
    const tokenFetches = () =>
      weChat.calls.filter(({ endpoint }) => endpoint === '/cgi-bin/stable_token').length

    expect(await Promise.all([first.exchange(taps()), second.exchange(taps())])).toEqual([CALLS, CALLS])
    expect(tokenFetches()).toBe(1)

    // The instances' own clocks stand still: to them the token is good, and WeChat says 42001.
    weChat.clock.advance(2 * 3_600_000)
    expect(await Promise.all([first.exchange(taps()), second.exchange(taps())])).toEqual([CALLS, CALLS])
    expect(tokenFetches()).toBe(2)
  },
)
