import type { WxStubs } from '../runtime/wx-bridge.ts'
import type { OpenTypeAnswer } from './tap.ts'

/** What `App.onLaunch` is told. */
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
  /** How WeChat answers the mini-program; a call of anything that is not here fails and is kept in `host.errors`. */
  readonly wx?: WxStubs
  /** What a tap on `<button open-type="…">` brings: the `detail` of the event that follows. */
  readonly openTypes?: Readonly<Record<string, OpenTypeAnswer>>
  /** `macrotask` for iOS 15 and below, where `Promise` is made of timers. */
  readonly promises?: 'microtask' | 'macrotask'
  /** Globals that the phone lacks as well: `['Intl', 'WeakRef']`. */
  readonly without?: readonly string[]
  /** The page to start with, `pages/home/index?tab=1`; the first of app.json by default. */
  readonly url?: string
  /** 1001 by default: the list of recent mini-programs. */
  readonly scene?: number
  /** How long `waitFor` and `tap` wait, 5,000 by default. */
  readonly timeoutMs?: number
}
