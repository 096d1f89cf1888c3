import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiEnvironment, failureOf } from './_api.ts'
import { bundle, type Child, startChild } from './_child.ts'
import { type DatabasePlace, databases } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { startWitness, type Witness } from './_recording-proxy.ts'

const nowhere = 'postgresql://postgres@127.0.0.1:1/nowhere'
const [pglite] = databases

let main: string
let wechat: Sandbox
let witness: Witness
let place: DatabasePlace

beforeAll(async () => {
  main = await bundle('src/main.ts')
  wechat = await startSandbox()
  witness = await startWitness(wechat)
  if (!pglite) throw new Error('PGlite is always there')
  place = await pglite.make()
})
afterAll(async () => {
  for (const opened of [place, witness, wechat]) await opened[Symbol.asyncDispose]()
})

/** The API as an operator starts it, once it listens. */
async function start(settings: Record<string, string> = {}): Promise<{ child: Child; url: string }> {
  const child = startChild(main, {
    environment: apiEnvironment(wechat, {
      DATABASE_URL: place.url,
      WECHAT_BASE_URL: witness.url,
      PORT: '0',
      ...settings,
    }),
  })
  const url = await child.says((line) => /Server listening at (http:[^"]+)/.exec(line)?.[1])
  return { child, url }
}

async function readiness(url: string): Promise<number | 'refused'> {
  return await fetch(`${url}/readyz`).then(
    ({ status }) => status,
    () => 'refused',
  )
}

/** Sends a login and resolves, while it runs, once it has reached WeChat. */
async function loginUnderway(url: string) {
  const before = witness.calls('jscode2session')
  const login = device({ url }, 'phone').login(wechat.person('alice'))
  login.catch(() => {}) // its fate is the test's business, later
  await expect.poll(() => witness.calls('jscode2session')).toBe(before + 1)
  return { login }
}

describe('after SIGTERM', () => {
  test('what runs is finished, nothing is begun, and the process ends with 0', async () => {
    const { child, url } = await start()
    await using _ = child
    const weChat = witness.hold('jscode2session')
    const { login } = await loginUnderway(url)
    child.signal('SIGTERM')
    await expect.poll(() => readiness(url)).toBe(503)

    const late = device({ url }, 'phone').calls.login.mutate(codesOf(wechat.person('bob')))
    expect(await failureOf(late)).toBe('SERVICE_UNAVAILABLE')
    const response = await fetch(`${url}/healthz`)
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])

    weChat.letGo()
    expect(await login).toMatchObject({ isNew: true })
    expect(await child.ended).toEqual({ code: 0, signal: null })
    expect(child.output()).not.toMatch(/unhandled|fatal|"level":60/i)
  })

  test('an instance that nobody calls ends at once, though a connection is kept alive', async () => {
    const { child, url } = await start()
    await using _ = child
    expect(await readiness(url)).toBe(200) // fetch keeps this connection
    const before = performance.now()
    child.signal('SIGTERM')
    expect(await child.ended).toEqual({ code: 0, signal: null })
    expect(performance.now() - before).toBeLessThan(3_000)
  })

  test('a second signal ends it without waiting', async () => {
    const { child, url } = await start({ WECHAT_TIMEOUT_MS: '60000' })
    await using _ = child
    const weChat = witness.hold('jscode2session')
    const { login } = await loginUnderway(url)
    child.signal('SIGTERM')
    await expect.poll(() => readiness(url)).toBe(503)
    child.signal('SIGINT')
    expect(await child.ended).toEqual({ code: 1, signal: null })
    await expect(login).rejects.toThrow('fetch failed')
    weChat.letGo()
  })

  test('the grace is the longest that it waits', async () => {
    const { child, url } = await start({ WECHAT_TIMEOUT_MS: '60000', SHUTDOWN_GRACE_SECONDS: '1' })
    await using _ = child
    const weChat = witness.hold('jscode2session')
    const { login } = await loginUnderway(url)
    child.signal('SIGTERM')
    expect(await child.ended).toEqual({ code: 1, signal: null })
    await expect(login).rejects.toThrow('fetch failed')
    weChat.letGo()
  })

  test('an instance that still waits for its database ends as well', async () => {
    const { child, url } = await start({ DATABASE_URL: nowhere })
    await using _ = child
    expect(await readiness(url)).toBe(503)
    child.signal('SIGTERM')
    expect(await child.ended).toEqual({ code: 0, signal: null })
  })
})

describe('the program', () => {
  test('tells all faults of its configuration at once, and ends with 1', async () => {
    await using child = startChild(main, { environment: { PORT: '70000', WECHAT_APP_ID: 'wx' } })
    expect(await child.ended).toMatchObject({ code: 1 })
    for (const name of ['PORT', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'TOKEN_SECRET', 'DATA_SECRET'])
      expect(child.output()).toContain(`- ${name} is`)
    expect(child.output()).not.toContain(' at ') // no stack
  })

  test('explains itself', async () => {
    await using child = startChild(main, { args: ['--help'] })
    expect(await child.ended).toMatchObject({ code: 0 })
    for (const words of ['Usage:', 'SIGTERM', '# DATABASE_URL=', '# MAX_CALLS_IN_FLIGHT=500'])
      expect(child.output()).toContain(words)
  })

  test('a folder that another process has open is told, and it ends with 1', async () => {
    const { child } = await start()
    await using _ = child
    await using second = startChild(main, {
      environment: apiEnvironment(wechat, { DATABASE_URL: place.url, PORT: '0' }),
    })
    expect(await second.ended).toMatchObject({ code: 1 })
    expect(second.output()).toContain('another process has the database')
  })
})
