import { type App, type AppOverrides, createApp, readConfig } from '@kinpass/api'
import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { AsyncDisposableStack } from './async-disposable-stack.ts'
import { listenOrExplain } from './listen-or-explain.ts'
import { serveBrowserBuild } from './serve-browser-build.ts'

export interface WorldOptions {
  /** 0, the default, listens on any free port. */
  ports?: { api?: number; wechat?: number; control?: number; h5?: number }
  /** The folder of the browser build. Without it no page is served. */
  h5?: string
  /** The address that the page listens on, 127.0.0.1 by default. */
  h5Host?: string
  /** Settings of the API, added to defaults for tests. */
  env?: Record<string, string | undefined>
  overrides?: AppOverrides
}

export interface World extends AsyncDisposable {
  readonly api: App
  readonly apiUrl: string
  /** The sandbox; its clock is also the clock of the API. */
  readonly wechat: Sandbox
  readonly h5Url: string | undefined
}

/** Starts the sandbox, the database, the API and the browser build in one process. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const stack = new AsyncDisposableStack()
  try {
    return await open(options, stack)
  } catch (error) {
    await stack[Symbol.asyncDispose]()
    throw error
  }
}

async function open(options: WorldOptions, stack: AsyncDisposableStack): Promise<World> {
  const { ports = {} } = options
  const wechat = stack.use(await openSandbox(ports.wechat ?? 0, ports.control ?? 0))
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'pglite:memory',
    TOKEN_SECRET: 'a token secret that is good enough for tests alone',
    DATA_SECRET: 'a data secret that is good enough for tests alone',
    ...options.env,
    WECHAT_BASE_URL: wechat.url,
    WECHAT_APP_ID: wechat.app.appId,
    WECHAT_APP_SECRET: wechat.app.secret,
  })
  const api = stack.use(await createApp(config, { clock: () => wechat.clock.now(), ...options.overrides }))
  await api.ready
  const apiPort = ports.api ?? 0
  const apiUrl = await listenOrExplain({ PORT: apiPort }, () =>
    api.server.listen({ host: '127.0.0.1', port: apiPort }),
  )

  let h5Url: string | undefined
  if (options.h5 !== undefined) {
    const page = serveBrowserBuild({ folder: options.h5, apiUrl, controlUrl: wechat.controlUrl ?? '' })
    stack.defer(() => page.close())
    const port = ports.h5 ?? 0
    const host = options.h5Host ?? '127.0.0.1'
    h5Url = await listenOrExplain({ H5_PORT: port }, () => page.listen({ host, port }))
  }
  return { api, apiUrl, wechat, h5Url, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() }
}

async function openSandbox(port: number, controlPort: number): Promise<Sandbox> {
  const ports = { WECHAT_SANDBOX_PORT: port, WECHAT_CONTROL_PORT: controlPort }
  return await listenOrExplain(ports, () => startSandbox({ port, controlPort }))
}
