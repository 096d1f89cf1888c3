import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { openDatabase } from '../src/database/open-database.ts'
import { createLogger } from '../src/index.ts'
import { startApi } from '../test/_api.ts'
import { codesOf, device } from '../test/_device.ts'
import { median, printNote, printRatio } from './_figures.ts'

const TAPS = 40
const WARM_UPS = 200
const WECHAT_LATENCY_MS = 50

/** Measures the time from the tap on the phone button to the token. The baseline is one request to a WeChat of 50 ms. */
export async function measureTap(databaseUrl: string): Promise<void> {
  await using wechat = await startSandbox()
  await using database = await openDatabase(databaseUrl)
  await using api = await startApi({
    wechat,
    databaseUrl,
    overrides: { database, logger: createLogger('silent') },
  })
  const phone = device(api, 'phone')
  const alice = wechat.person('alice')
  // Like an API that has run for a while: the code is compiled, and the access token is in the store.
  for (let login = 0; login < WARM_UPS; login++) {
    wechat.clock.advance(10_000) // WeChat limits calls per person and minute.
    const codes = codesOf(alice)
    await phone.calls.session.prepare.mutate({ code: codes.code })
    await phone.calls.login.mutate(codes)
  }
  wechat.faults.add({ kind: 'slow', ms: WECHAT_LATENCY_MS, share: 1 })

  const baselines: number[] = []
  const prepared: number[] = []
  const unprepared: number[] = []
  for (let tap = 0; tap < TAPS; tap++) {
    wechat.clock.advance(10_000)
    baselines.push(await timed(() => requestWeChat(wechat, alice.tapsLogin())))
    const codes = codesOf(alice)
    await phone.calls.session.prepare.mutate({ code: codes.code })
    prepared.push(await timed(() => phone.calls.login.mutate(codes)))
    unprepared.push(await timed(() => phone.login(alice)))
  }
  const [baseline, preparedMs, unpreparedMs] = [median(baselines), median(prepared), median(unprepared)]
  printNote(
    `one round trip ${baseline.toFixed(1)} ms, prepared ${preparedMs.toFixed(1)} ms, unprepared ${unpreparedMs.toFixed(1)} ms`,
  )
  printRatio('tap to token, prepared, against one round trip to WeChat', preparedMs / baseline, {
    atMost: 1.2,
  })
  printRatio('tap to token, unprepared, against one round trip to WeChat', unpreparedMs / baseline, {
    atMost: 2.2,
  })
}

async function requestWeChat({ url, app }: Sandbox, code: string): Promise<void> {
  const query = new URLSearchParams({ appid: app.appId, secret: app.secret, js_code: code })
  const response = await fetch(`${url}/sns/jscode2session?${query.toString()}&grant_type=authorization_code`)
  if (!(await response.text()).includes('openid')) throw new Error('WeChat refused the code')
}

async function timed(fn: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await fn()
  return performance.now() - start
}
