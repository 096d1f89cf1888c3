import type { TemplateWarning } from '../runtime/compile-templates.ts'
import type { SetDataCall } from '../runtime/framework.ts'
import type { WxCall } from '../runtime/wx-dispatcher.ts'
import type { WeappHostOptions } from './launch-options.ts'
import { type ConsoleLine, type MiniProgram, startMiniProgram } from './mini-program.ts'
import type { OpenPage } from './page-stack.ts'
import { selectNodes } from './select.ts'
import { tapNode } from './tap.ts'
import { waitFor } from './wait-for.ts'
import { toGlassElement, toWeappNode, type WeappNode } from './weapp-node.ts'

/**
 * Runs a built mini-program without WeChat.
 *
 * Its JavaScript runs in a context with the globals of WeChat's runtime only, its templates run on WeChat's component
 * framework, and the test implements `wx`.
 *
 * @example
 * await using host = await WeappHost.launch({ dist: 'dist/weapp', wx: { login: () => ({ code: 'a code' }) } })
 * await host.tap('.login')
 * expect(host.errors).toEqual([])
 */
export class WeappHost {
  readonly #program: MiniProgram
  readonly #options: WeappHostOptions

  private constructor(program: MiniProgram, options: WeappHostOptions) {
    this.#program = program
    this.#options = options
  }

  /**
   * Starts the mini-program: `App.onLaunch`, `App.onShow`, and the first page up to `onReady`.
   *
   * @throws the error that app.js or the first page throws while it loads
   */
  static async launch(options: WeappHostOptions): Promise<WeappHost> {
    const host = new WeappHost(startMiniProgram(options), options)
    // `onReady` is scheduled with setImmediate, which may run after a timer that is due: wait for both.
    await new Promise((resolve) => setTimeout(() => setImmediate(resolve)))
    return host
  }

  /** All calls of `wx`, in order. */
  get calls(): readonly WxCall[] {
    return this.#program.calls
  }
  /** Uncaught errors, unhandled rejections and unstubbed calls. A test expects `[]`. */
  get errors(): readonly unknown[] {
    return this.#program.errors
  }
  get console(): readonly ConsoleLine[] {
    return this.#program.console
  }
  get setDataCalls(): readonly SetDataCall[] {
    return this.#program.setDataCalls
  }
  /** Bytes of each `setData` call, in order. */
  get setDataSizes(): readonly number[] {
    return this.#program.setDataCalls.map(({ bytes }) => bytes)
  }
  /** Warnings of WeChat's template compiler. A test expects `[]`. */
  get templateWarnings(): readonly TemplateWarning[] {
    return this.#program.framework.templateWarnings
  }
  /** Open pages, the visible one last. */
  get pageStack(): readonly OpenPage[] {
    return this.#program.stack.pages
  }
  /** The visible page. */
  get page(): WeappNode {
    return toWeappNode(this.#top.component)
  }

  /** Returns the first node of the visible page that matches a CSS selector. */
  query(selector: string): WeappNode | undefined {
    return this.queryAll(selector)[0]
  }
  queryAll(selector: string): WeappNode[] {
    return selectNodes(selector, this.page)
  }
  /** Returns the text of the visible page, one line per block. */
  text(): string {
    return this.page.text
  }

  /** Polls `condition` until it returns a truthy value, and returns it. The error describes the page. */
  waitFor<T>(
    condition: () => T | Promise<T>,
    timeoutMs = this.#options.timeoutMs ?? 5000,
  ): Promise<NonNullable<T>> {
    return waitFor(condition, { timeoutMs, describe: () => this.describe() })
  }

  /** Taps a node, or waits for a selector and taps its node. Resolves after the button's `open-type` handler. */
  async tap(target: string | WeappNode): Promise<void> {
    const node = typeof target === 'string' ? await this.waitFor(() => this.query(target)) : target
    await tapNode(node, {
      openTypes: this.#options.openTypes ?? {},
      trigger: (at, event, detail, options) => this.trigger(at, event, detail, options),
    })
  }

  /** Types into an `input` or `textarea`: `focus`, `input`, `blur`. */
  type(target: WeappNode, value: string): void {
    this.trigger(target, 'focus', { value: '' })
    this.trigger(target, 'input', { value, cursor: value.length })
    this.trigger(target, 'blur', { value })
  }

  /** Triggers any event of a node: `trigger(picker, 'change', { value: 2 })`. */
  trigger(target: WeappNode, event: string, detail: object = {}, { bubbles = false } = {}): void {
    const { framework, realm } = this.#program
    const { Element, Event } = framework.glassEasel
    const element = toGlassElement(target)
    if (!Element.isAttached(element))
      throw new Error(`This ${target.tag} is no longer on a page: query it again`)
    const touches = bubbles
      ? { touches: [{ identifier: 0, ...detail }], changedTouches: [{ identifier: 0, ...detail }] }
      : {}
    const options = {
      bubbles,
      composed: bubbles,
      capturePhase: true,
      extraFields: realm.bridge.toRealm(touches),
    }
    new Event(event, realm.bridge.toRealm(detail), options).dispatch(element)
  }

  /** The phone's back gesture, key or arrow. */
  navigateBack(): void {
    this.#program.stack.navigateBack(1)
  }
  /** Calls a function of the visible page: `callPage('onPullDownRefresh')`, `callPage('onShareAppMessage', { from: 'menu' })`. */
  callPage(method: string, ...args: readonly unknown[]): unknown {
    const { realm } = this.#program
    const fn = this.#top.instance[method]
    if (typeof fn !== 'function') throw new Error(`${this.#top.route} has no ${method}`)
    return realm.bridge.run(() => fn.apply(this.#top.instance, args.map(realm.bridge.toRealm)))
  }
  /** The user sends WeChat to the background. */
  background(): void {
    this.#program.stack.hide()
    this.#program.callApp('onHide')
    this.emit('onAppHide')
  }
  /** The user returns to the mini-program. */
  foreground(): void {
    this.#program.callApp('onShow', this.#program.launchOptions)
    this.emit('onAppShow', this.#program.launchOptions)
    this.#program.stack.show()
  }
  /** Calls the listeners that were set with `wx.<name>`: `emit('onThemeChange', { theme: 'dark' })`. */
  emit(name: string, ...args: readonly unknown[]): void {
    this.#program.listeners.emit(name, ...args)
  }
  /** Moves the mini-program's clock forward. Timers that are due then run soon. */
  advanceClock(ms: number): void {
    this.#program.clock.advance(ms)
  }

  /** Describes pages, text, last calls and errors, for error messages. */
  describe(): string {
    const { errors, calls, stack } = this.#program
    return [
      `Pages: ${stack.pages.map(({ route }) => route).join(' > ') || 'none'}`,
      `Text: ${stack.pages.length > 0 ? this.text().replaceAll('\n', ' | ') : ''}`,
      `Last calls: ${calls
        .slice(-8)
        .map(({ name }) => name)
        .join(', ')}`,
      `Errors: ${errors.length > 0 ? errors.map(String).join('; ') : 'none'}`,
    ].join('\n')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#program.close()
    // Stubs that have started may still return; their results are ignored.
    await new Promise((resolve) => setImmediate(resolve))
  }

  get #top(): OpenPage {
    const top = this.#program.stack.pages.at(-1)
    if (!top) throw new Error('No page is open')
    return top
  }
}
