import { type AppClock, createAppClock } from '../runtime/app-clock.ts'
import { type Dist, openDist } from '../runtime/dist.ts'
import { type Framework, type SetDataCall, startFramework } from '../runtime/framework.ts'
import { createModuleLoader } from '../runtime/module-loader.ts'
import { createRealm, type Realm } from '../runtime/realm.ts'
import { interceptUnhandledRejections } from '../runtime/unhandled-rejections.ts'
import { wxApi } from '../runtime/wx-api.ts'
import { createWxDispatcher, type WxCall } from '../runtime/wx-dispatcher.ts'
import type { LaunchOptions, WeappHostOptions } from './launch-options.ts'
import { createListeners, type Listeners } from './listeners.ts'
import { createNavigationStubs } from './navigation-stubs.ts'
import { createPageStack, type PageStack } from './page-stack.ts'

/** A line that the mini-program wrote with `console`, or a warning of the framework. */
export interface ConsoleLine {
  readonly level: string
  readonly text: string
}

/** A running mini-program and the records of what it did. */
export interface MiniProgram {
  readonly realm: Realm
  readonly framework: Framework
  readonly stack: PageStack
  readonly clock: AppClock
  readonly listeners: Listeners
  readonly calls: readonly WxCall[]
  readonly errors: readonly unknown[]
  readonly console: readonly ConsoleLine[]
  readonly setDataCalls: readonly SetDataCall[]
  readonly launchOptions: LaunchOptions
  /** Calls a function of `App({ … })`, if it exists. */
  readonly callApp: (method: string, ...args: readonly unknown[]) => unknown
  readonly close: () => void
}

/** Loads a build into a new realm and opens its first page. */
export function startMiniProgram(options: WeappHostOptions): MiniProgram {
  const dist = openDist(options.dist)
  const launchOptions = toLaunchOptions(options, dist)
  const clock = createAppClock()
  const errors: unknown[] = []
  const lines: ConsoleLine[] = []
  const setDataCalls: SetDataCall[] = []
  const calls: WxCall[] = []
  let app: Record<string, unknown> = {}

  function report(error: unknown) {
    errors.push(error)
    callApp('onError', toText(error))
    listeners.emit('onError', { message: toText(error) })
  }
  function callMethod(owner: Record<string, unknown>, method: string, ...args: readonly unknown[]) {
    const fn = owner[method]
    if (typeof fn !== 'function') return undefined
    const { bridge } = realm
    return bridge.run(bridge.wrap(() => fn.apply(owner, args.map(bridge.toRealm))))
  }
  function callApp(method: string, ...args: readonly unknown[]) {
    return callMethod(app, method, ...args)
  }

  const stubs = { ...createNavigationStubs(() => stack, launchOptions), ...options.wx }
  const listeners = createListeners(
    stubs,
    () => realm.bridge,
    (call) => void calls.push(call),
  )
  const dispatcher = createWxDispatcher(stubs, {
    calls,
    report,
    run: (callback, event) => void realm.bridge.run(callback, realm.bridge.toRealm(event)),
  })
  const realm = createRealm(
    {
      ...dispatcher,
      listen: listeners.listen,
      unlisten: listeners.unlisten,
      startTimer: clock.startTimer,
      stopTimer: clock.stopTimer,
      now: clock.now,
      log: (level, args) => void lines.push({ level, text: args.map(toText).join(' ') }),
      report,
    },
    { promises: options.promises ?? 'microtask', without: options.without ?? [] },
  )
  const { bridge, globals } = realm

  const stopIntercepting = interceptUnhandledRejections((reason, promise) => {
    if (!bridge.isEnginePromise(promise)) return false
    errors.push(reason)
    callApp('onUnhandledRejection', { reason, promise })
    listeners.emit('onUnhandledRejection', { reason, promise })
    return true
  })
  function close() {
    clock.close()
    stopIntercepting()
  }

  const load = createModuleLoader(dist, realm)
  const framework = startFramework(realm, dist, {
    load,
    listeners: {
      onSetData: (call) => void setDataCalls.push(call),
      onError: report,
      onWarning: (text) => void lines.push({ level: 'framework', text }),
    },
  })
  const stack = createPageStack({ dist, framework, callMethod })

  Object.assign(globals, {
    wx: bridge.createWx(wxApi),
    App: bridge.wrap((definition: Record<string, unknown>) => {
      app = definition
    }),
    getApp: bridge.wrap(() => app),
    getCurrentPages: bridge.wrap(() => bridge.createArray(stack.pages.map(({ instance }) => instance))),
  })
  try {
    load('app')
    callApp('onLaunch', launchOptions)
    callApp('onShow', launchOptions)
    stack.reLaunch(`/${options.url ?? dist.app.entryPagePath ?? dist.app.pages[0]}`)
  } catch (error) {
    close()
    throw error
  }
  return {
    realm,
    framework,
    stack,
    clock,
    listeners,
    calls,
    errors,
    console: lines,
    setDataCalls,
    launchOptions,
    callApp,
    close,
  }
}

function toLaunchOptions({ url, scene = 1001 }: WeappHostOptions, { app }: Dist): LaunchOptions {
  const [path = '', search = ''] = (url ?? app.entryPagePath ?? app.pages[0] ?? '').split('?', 2)
  return { path, query: Object.fromEntries(new URLSearchParams(search)), scene, referrerInfo: {} }
}

function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  // `instanceof Error` fails for errors of the mini-program's realm, so the property is checked.
  const { stack } = value as { stack?: unknown }
  return typeof stack === 'string' ? stack : JSON.stringify(value)
}
