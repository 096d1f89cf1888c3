import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { openDatabase } from '../src/database/open-database.ts'
import { createLogger } from '../src/index.ts'
import { startApi } from '../test/_api.ts'
import { codesOf, device } from '../test/_device.ts'
import { median, note, print } from './_figures.ts'

const taps = 40
const warmUps = 200
const weChatTakesMs = 50

/** From the tap on the phone button to the token, against one round trip to a WeChat that answers in 50 ms. */
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
  // As in a service that has run for a while: the code is compiled, WeChat's access token is there.
  for (let login = 0; login < warmUps; login++) {
    wechat.clock.advance(10_000) // WeChat counts calls per person and minute
    const codes = codesOf(alice)
    await phone.calls.session.prepare.mutate({ code: codes.code })
    await phone.calls.login.mutate(codes)
  }
  wechat.faults.add({ kind: 'slow', ms: weChatTakesMs, share: 1 })

  const trip: number[] = []
  const prepared: number[] = []
  const unprepared: number[] = []
  for (let tap = 0; tap < taps; tap++) {
    wechat.clock.advance(10_000)
    trip.push(await timed(() => askWeChat(wechat, alice.tapsLogin())))
    const codes = codesOf(alice)
    await phone.calls.session.prepare.mutate({ code: codes.code })
    prepared.push(await timed(() => phone.calls.login.mutate(codes)))
    unprepared.push(await timed(() => phone.login(alice)))
  }
  const [one, ready, cold] = [median(trip), median(prepared), median(unprepared)]
  note(
    `one round trip ${one.toFixed(1)} ms, prepared ${ready.toFixed(1)} ms, unprepared ${cold.toFixed(1)} ms`,
  )
  print('tap to token, prepared, against one round trip to WeChat', ready / one, { atMost: 1.2 })
  print('tap to token, unprepared, against one round trip to WeChat', cold / one, { atMost: 2.2 })
}

async function askWeChat({ url, app }: Sandbox, code: string): Promise<void> {
  const query = new URLSearchParams({ appid: app.appId, secret: app.secret, js_code: code })
  const answer = await fetch(`${url}/sns/jscode2session?${query.toString()}&grant_type=authorization_code`)
  if (!(await answer.text()).includes('openid')) throw new Error('WeChat did not take the code')
}

async function timed(deed: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await deed()
  return performance.now() - start
}
