import { type AppClock, createAppClock } from '../runtime/app-clock.ts'
import { type Dist, openDist } from '../runtime/dist.ts'
import { type Framework, type SetDataCall, startFramework } from '../runtime/framework.ts'
import { createModuleLoader } from '../runtime/module-loader.ts'
import { createRealm, type Realm } from '../runtime/realm.ts'
import { claimUnhandledRejections } from '../runtime/unhandled-rejections.ts'
import { wxApi } from '../runtime/wx-api.ts'
import { createWxBridge, type WxCall } from '../runtime/wx-bridge.ts'
import type { LaunchOptions, WeappHostOptions } from './launch-options.ts'
import { createListeners, type Listeners } from './listeners.ts'
import { navigationStubs } from './navigation-stubs.ts'
import { createPageStack, type PageStack } from './page-stack.ts'

/** A line that the mini-program wrote with `console`. */
export interface ConsoleLine {
  readonly level: string
  readonly text: string
}

/** A mini-program that is running, and all that is known of it. */
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
  readonly launched: LaunchOptions
  /** Calls a function of `App({ … })` if there is one. */
  readonly runApp: (method: string, ...args: readonly unknown[]) => unknown
  readonly close: () => void
}

/** Loads a build into a context of its own, and opens its first page. */
export function startMiniProgram(options: WeappHostOptions): MiniProgram {
  const dist = openDist(options.dist)
  const launched = launchOptionsOf(options, dist)
  const clock = createAppClock()
  const errors: unknown[] = []
  const lines: ConsoleLine[] = []
  const setDataCalls: SetDataCall[] = []
  const calls: WxCall[] = []
  let app: Record<string, unknown> = {}

  function report(error: unknown) {
    errors.push(error)
    runApp('onError', textOf(error))
    listeners.emit('onError', { message: textOf(error) })
  }
  function runMethod(owner: Record<string, unknown>, method: string, ...args: readonly unknown[]) {
    const fn = owner[method]
    if (typeof fn !== 'function') return undefined
    const { kernel } = realm
    return kernel.run(kernel.guard(() => fn.apply(owner, args.map(kernel.adopt))))
  }
  function runApp(method: string, ...args: readonly unknown[]) {
    return runMethod(app, method, ...args)
  }

  const stubs = { ...navigationStubs(() => stack, launched), ...options.wx }
  const listeners = createListeners(
    stubs,
    () => realm.kernel,
    (call) => void calls.push(call),
  )
  const bridge = createWxBridge(stubs, {
    calls,
    report,
    run: (callback, event) => void realm.kernel.run(callback, realm.kernel.adopt(event)),
  })
  const realm = createRealm(
    {
      ...bridge,
      listen: listeners.listen,
      unlisten: listeners.unlisten,
      startTimer: clock.startTimer,
      stopTimer: clock.stopTimer,
      now: clock.now,
      log: (level, args) => void lines.push({ level, text: args.map(textOf).join(' ') }),
      report,
    },
    { promises: options.promises ?? 'microtask', without: options.without ?? [] },
  )
  const { kernel, globals } = realm

  const release = claimUnhandledRejections((reason, promise) => {
    if (!kernel.isPromise(promise)) return false
    errors.push(reason)
    runApp('onUnhandledRejection', { reason, promise })
    listeners.emit('onUnhandledRejection', { reason, promise })
    return true
  })
  function close() {
    clock.close()
    release()
  }

  const load = createModuleLoader(dist, realm)
  const framework = startFramework(realm, dist, {
    load,
    listeners: {
      setDataCalled: (call) => void setDataCalls.push(call),
      errorThrown: report,
      warned: (text) => void lines.push({ level: 'framework', text }),
    },
  })
  const stack = createPageStack({ dist, framework, run: runMethod })

  Object.assign(globals, {
    wx: kernel.createWx(wxApi),
    App: kernel.guard((definition: Record<string, unknown>) => {
      app = definition
    }),
    getApp: kernel.guard(() => app),
    getCurrentPages: kernel.guard(() => kernel.listOf(stack.pages.map(({ instance }) => instance))),
  })
  try {
    load('app')
    runApp('onLaunch', launched)
    runApp('onShow', launched)
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
    launched,
    runApp,
    close,
  }
}

function launchOptionsOf({ url, scene = 1001 }: WeappHostOptions, { app }: Dist): LaunchOptions {
  const [path = '', search = ''] = (url ?? app.entryPagePath ?? app.pages[0] ?? '').split('?', 2)
  return { path, query: Object.fromEntries(new URLSearchParams(search)), scene, referrerInfo: {} }
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  // Of either realm.
  const { stack } = value as { stack?: unknown }
  return typeof stack === 'string' ? stack : JSON.stringify(value)
}
