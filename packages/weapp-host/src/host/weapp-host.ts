import type { TemplateWarning } from '../runtime/compile-templates.ts'
import type { SetDataCall } from '../runtime/framework.ts'
import type { WxCall } from '../runtime/wx-bridge.ts'
import type { WeappHostOptions } from './launch-options.ts'
import { type ConsoleLine, type MiniProgram, startMiniProgram } from './mini-program.ts'
import type { OpenPage } from './page-stack.ts'
import { selectNodes } from './select.ts'
import { tapNode } from './tap.ts'
import { waitFor } from './wait-for.ts'
import { elementOf, viewOf, type WeappNode } from './weapp-node.ts'

/**
 * A built mini-program, running without WeChat: its JavaScript in a context that has what WeChat's has and no more, its
 * templates on WeChat's own component framework, `wx` answered by the test.
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
   * @throws whatever keeps app.js or the first page from loading
   */
  static async launch(options: WeappHostOptions): Promise<WeappHost> {
    const host = new WeappHost(startMiniProgram(options), options)
    // `onReady` comes in the turn after next.
    await new Promise((resolve) => setTimeout(resolve))
    return host
  }

  /** Every call of `wx`, from the first on. */
  get calls(): readonly WxCall[] {
    return this.#program.calls
  }
  /** What the mini-program did not catch, unhandled rejections and unstubbed calls included. Hold it against `[]`. */
  get errors(): readonly unknown[] {
    return this.#program.errors
  }
  get console(): readonly ConsoleLine[] {
    return this.#program.console
  }
  get setDataCalls(): readonly SetDataCall[] {
    return this.#program.setDataCalls
  }
  /** Bytes of each `setData`, in order. */
  get setDataSizes(): readonly number[] {
    return this.#program.setDataCalls.map(({ bytes }) => bytes)
  }
  /** What WeChat's template compiler found in the build. Hold it against `[]`. */
  get templateWarnings(): readonly TemplateWarning[] {
    return this.#program.framework.templateWarnings
  }
  /** Open pages, the visible one last. */
  get pageStack(): readonly OpenPage[] {
    return this.#program.stack.pages
  }
  /** The visible page. */
  get page(): WeappNode {
    return viewOf(this.#top.component)
  }

  /** The first node of the visible page that a CSS selector means. */
  query(selector: string): WeappNode | undefined {
    return this.queryAll(selector)[0]
  }
  queryAll(selector: string): WeappNode[] {
    return selectNodes(selector, this.page)
  }
  /** All text of the visible page, a line for each block. */
  text(): string {
    return this.page.text
  }

  /** Looks until there is something, and gives it back; the error tells the state of the page. */
  waitFor<T>(
    look: () => T | Promise<T>,
    timeoutMs = this.#options.timeoutMs ?? 5000,
  ): Promise<NonNullable<T>> {
    return waitFor(look, { timeoutMs, describe: () => this.describe() })
  }

  /** Taps a node; a selector is waited for. Ends when WeChat has answered a button's `open-type`. */
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
    const element = elementOf(target)
    if (!Element.isAttached(element)) throw new Error(`This ${target.tag} is no longer on a page`)
    const touches = bubbles
      ? { touches: [{ identifier: 0, ...detail }], changedTouches: [{ identifier: 0, ...detail }] }
      : {}
    const options = {
      bubbles,
      composed: bubbles,
      capturePhase: true,
      extraFields: realm.kernel.adopt(touches),
    }
    new Event(event, realm.kernel.adopt(detail), options).dispatch(element)
  }

  /** The phone's back: gesture, key, or arrow. */
  navigateBack(): void {
    this.#program.stack.navigateBack(1)
  }
  /** Calls a function of the visible page: `callPage('onPullDownRefresh')`, `callPage('onShareAppMessage', { from: 'menu' })`. */
  callPage(method: string, ...args: readonly unknown[]): unknown {
    const { realm } = this.#program
    const fn = this.#top.instance[method]
    if (typeof fn !== 'function') throw new Error(`${this.#top.route} has no ${method}`)
    return realm.kernel.run(() => fn.apply(this.#top.instance, args.map(realm.kernel.adopt)))
  }
  /** The user leaves WeChat. */
  background(): void {
    this.#program.stack.hide()
    this.#program.runApp('onHide')
    this.emit('onAppHide')
  }
  /** The user comes back. */
  foreground(): void {
    this.#program.runApp('onShow', this.#program.launched)
    this.emit('onAppShow', this.#program.launched)
    this.#program.stack.show()
  }
  /** Calls the listeners that were set with `wx.<name>`: `emit('onThemeChange', { theme: 'dark' })`. */
  emit(name: string, ...args: readonly unknown[]): void {
    this.#program.listeners.emit(name, ...args)
  }
  /** Moves the mini-program's time; its timers that become due run soon. */
  advanceClock(ms: number): void {
    this.#program.clock.advance(ms)
  }

  /** The state of things in words, for messages. */
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
    // What was under way answers into nothing.
    await new Promise((resolve) => setImmediate(resolve))
  }

  get #top(): OpenPage {
    const top = this.#program.stack.pages.at(-1)
    if (!top) throw new Error('No page is open')
    return top
  }
}
