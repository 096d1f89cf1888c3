import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiEnv, failureOf } from './_api.ts'
import { bundleScript, type Child, startChild } from './_child.ts'
import { type DatabaseLocation, databases } from './_databases.ts'
import { codesOf, device } from './_device.ts'
import { type RecordingProxy, startRecordingProxy } from './_recording-proxy.ts'

/** Nothing listens on port 1. */
const UNREACHABLE_DATABASE = 'postgresql://postgres@127.0.0.1:1/nowhere'
const [pglite = expect.fail('PGlite is always there')] = databases

/** Fastify's default, after which it closes an idle connection. */
const KEEP_ALIVE_MS = 72_000

let main: string
let wechat: Sandbox
let proxy: RecordingProxy
let location: DatabaseLocation

beforeAll(async () => {
  main = await bundleScript('src/main.ts')
  wechat = await startSandbox()
  proxy = await startRecordingProxy(wechat)
  location = await pglite.create()
})
afterAll(async () => {
  for (const opened of [location, proxy, wechat]) await opened[Symbol.asyncDispose]()
})

/** Starts the API as an operator does, and waits until it listens. */
async function start(env: Record<string, string> = {}): Promise<{ child: Child; url: string }> {
  const child = startChild(main, {
    env: createApiEnv(wechat, {
      DATABASE_URL: location.url,
      WECHAT_BASE_URL: proxy.url,
      PORT: '0',
      SHUTDOWN_GRACE_SECONDS: '600',
      ...env,
    }),
  })
  const url = await child.waitForLine((line) => /Server listening at (http:[^"]+)/.exec(line)?.[1])
  return { child, url }
}

async function readiness(url: string): Promise<number | 'refused'> {
  return await fetch(`${url}/readyz`).then(
    ({ status }) => status,
    () => 'refused',
  )
}

/** Sends a login. Resolves when its exchange has reached WeChat, while it is in flight. */
async function startLogin(url: string) {
  const before = proxy.countRequests('jscode2session')
  const login = device({ url }, 'phone').login(wechat.person('alice'))
  login.catch(() => {}) // The test awaits it later.
  await expect.poll(() => proxy.countRequests('jscode2session')).toBe(before + 1)
  return { login }
}

describe('after SIGTERM', () => {
  test('calls in flight finish, new calls are refused, and the process exits with 0', async () => {
    const { child, url } = await start()
    await using _ = child
    const held = proxy.hold('jscode2session')
    const { login } = await startLogin(url)
    child.signal('SIGTERM')
    await expect.poll(() => readiness(url)).toBe(503)

    const late = device({ url }, 'phone').calls.login.mutate(codesOf(wechat.person('bob')))
    expect(await failureOf(late)).toBe('SERVICE_UNAVAILABLE')
    const response = await fetch(`${url}/healthz`)
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close'])

    held.release()
    expect(await login).toMatchObject({ isNew: true })
    expect(await child.exited).toEqual({ code: 0, signal: null })
    expect(child.output()).not.toMatch(/unhandled|fatal|"level":60/i)
  })

  test('an idle instance exits before the end of its keep-alive connections', async () => {
    const { child, url } = await start()
    await using _ = child
    expect(await readiness(url)).toBe(200) // fetch keeps this connection open.
    const before = performance.now()
    child.signal('SIGTERM')
    expect(await child.exited).toEqual({ code: 0, signal: null })
    expect(performance.now() - before).toBeLessThan(KEEP_ALIVE_MS)
  })

  test('a second signal ends the process while a call is in flight', async () => {
    const { child, url } = await start()
    await using _ = child
    const held = proxy.hold('jscode2session')
    const { login } = await startLogin(url)
    child.signal('SIGTERM')
    await expect.poll(() => readiness(url)).toBe(503)
    child.signal('SIGINT')
    expect(await child.exited).toEqual({ code: 1, signal: null })
    await expect(login).rejects.toThrow('fetch failed')
    held.release()
  })

  test('the process exits with 1 when the grace period is over', async () => {
    const { child, url } = await start({ SHUTDOWN_GRACE_SECONDS: '1' })
    await using _ = child
    const held = proxy.hold('jscode2session')
    const { login } = await startLogin(url)
    child.signal('SIGTERM')
    expect(await child.exited).toEqual({ code: 1, signal: null })
    await expect(login).rejects.toThrow('fetch failed')
    held.release()
  })

  test('an instance that waits for its database exits with 0', async () => {
    const { child, url } = await start({ DATABASE_URL: UNREACHABLE_DATABASE })
    await using _ = child
    expect(await readiness(url)).toBe(503)
    child.signal('SIGTERM')
    expect(await child.exited).toEqual({ code: 0, signal: null })
  })
})

describe('the program', () => {
  test('an invalid configuration is reported whole, without a stack, and the process exits with 1', async () => {
    await using child = startChild(main, { env: { PORT: '70000', WECHAT_APP_ID: 'wx' } })
    expect(await child.exited).toMatchObject({ code: 1 })
    for (const name of ['PORT', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'TOKEN_SECRET', 'DATA_SECRET'])
      expect(child.output()).toContain(`- ${name} is`)
    expect(child.output()).not.toContain(' at ') // no stack
  })

  test('--help prints the usage, the signals and every setting', async () => {
    await using child = startChild(main, { args: ['--help'] })
    expect(await child.exited).toMatchObject({ code: 0 })
    for (const text of ['Usage:', 'SIGTERM', '# DATABASE_URL=', '# MAX_CALLS_IN_FLIGHT=500'])
      expect(child.output()).toContain(text)
  })

  test('a database directory that another process has open is reported, and the process exits with 1', async () => {
    const { child } = await start()
    await using _ = child
    await using second = startChild(main, {
      env: createApiEnv(wechat, { DATABASE_URL: location.url, PORT: '0' }),
    })
    expect(await second.exited).toMatchObject({ code: 1 })
    expect(second.output()).toContain('another process has the database')
  })
})
