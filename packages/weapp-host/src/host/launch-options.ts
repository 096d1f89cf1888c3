import type { WxStubs } from '../runtime/wx-dispatcher.ts'
import type { OpenTypeHandler } from './tap.ts'

/** The argument of `App.onLaunch`. */
export interface LaunchOptions {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** https://developers.weixin.qq.com/miniprogram/dev/reference/scene-list.html */
  readonly scene: number
  readonly referrerInfo: object
}

export interface WeappHostOptions {
  /** The folder with app.json. */
  readonly dist: string
  /** Implementations of `wx` functions. A call of any other function fails and is added to `host.errors`. */
  readonly wx?: WxStubs
  /** Handlers of `<button open-type="…">`, by open type. Each returns the `detail` of the event after the tap. */
  readonly openTypes?: Readonly<Record<string, OpenTypeHandler>>
  /** `macrotask` emulates iOS 15 and below, where `Promise` is built on timers. Default: `microtask`. */
  readonly promises?: 'microtask' | 'macrotask'
  /** Further globals that the phone lacks: `['Intl', 'WeakRef']`. */
  readonly without?: readonly string[]
  /** The page to open, `pages/home/index?tab=1`. Default: the first page of app.json. */
  readonly url?: string
  /** Default: 1001, the list of recent mini-programs. */
  readonly scene?: number
  /** How long `waitFor` and `tap` wait. Default: 5,000. */
  readonly timeoutMs?: number
}
