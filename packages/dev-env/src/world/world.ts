import { type Api, composeApi, readEnvironment, type Seams } from '@kinpass/api'
import { type Sandbox, startSandbox } from '@kinpass/wechat-sandbox'
import { createClosers } from './closers.ts'
import { claimPorts } from './listen-or-explain.ts'
import { serveBrowserBuild } from './serve-browser-build.ts'

export interface WorldOptions {
  /** Where each part listens; 0, the default, takes any free port. */
  ports?: { api?: number; wechat?: number; control?: number; h5?: number }
  /** The folder of the browser build; without it no page is served. */
  h5?: string
  /** The address at which the page listens, 127.0.0.1 by default. */
  h5Host?: string
  /** Settings of the API, as in its environment; what is left out suits a test. */
  environment?: Record<string, string | undefined>
  seams?: Seams
  /** Hears of each part as it stands. */
  onProgress?: (part: 'wechat' | 'api' | 'h5') => void
}

export interface World extends AsyncDisposable {
  readonly api: Api
  readonly apiUrl: string
  /** The local WeChat: its people tap, and its clock is the clock of this world. */
  readonly wechat: Sandbox
  /** Where a person opens the mini-program in a browser. */
  readonly h5Url: string | undefined
}

/** Starts the local WeChat, the database, the API and the browser build, in one process. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const closers = createClosers()
  try {
    return await open(options, closers)
  } catch (error) {
    await closers[Symbol.asyncDispose]()
    throw error
  }
}

async function open(options: WorldOptions, closers: ReturnType<typeof createClosers>): Promise<World> {
  const { ports = {}, onProgress = () => {} } = options
  const wechat = await startLocalWeChat(ports.wechat ?? 0, ports.control ?? 0)
  closers.add(() => wechat[Symbol.asyncDispose]())
  onProgress('wechat')

  const environment = readEnvironment({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'pglite:memory',
    TOKEN_SECRET: 'a token secret that is good enough for tests alone',
    DATA_SECRET: 'a data secret that is good enough for tests alone',
    ...options.environment,
    WECHAT_BASE_URL: wechat.url,
    WECHAT_APP_ID: wechat.app.appId,
    WECHAT_APP_SECRET: wechat.app.secret,
  })
  const api = await composeApi(environment, { clock: () => wechat.clock.now(), ...options.seams })
  closers.add(() => api[Symbol.asyncDispose]())
  await api.ready
  const apiPort = ports.api ?? 0
  const apiUrl = await claimPorts({ PORT: apiPort }, () =>
    api.server.listen({ host: '127.0.0.1', port: apiPort }),
  )
  onProgress('api')

  let h5Url: string | undefined
  if (options.h5 !== undefined) {
    const page = serveBrowserBuild({ folder: options.h5, apiUrl, controlUrl: wechat.controlUrl ?? '' })
    closers.add(() => page.close())
    const h5Port = ports.h5 ?? 0
    const host = options.h5Host ?? '127.0.0.1'
    h5Url = await claimPorts({ H5_PORT: h5Port }, () => page.listen({ host, port: h5Port }))
    onProgress('h5')
  }
  return { api, apiUrl, wechat, h5Url, [Symbol.asyncDispose]: () => closers[Symbol.asyncDispose]() }
}

async function startLocalWeChat(port: number, controlPort: number): Promise<Sandbox> {
  const settings = { WECHAT_SANDBOX_PORT: port, WECHAT_CONTROL_PORT: controlPort }
  return await claimPorts(settings, () => startSandbox({ port, controlPort }))
}
