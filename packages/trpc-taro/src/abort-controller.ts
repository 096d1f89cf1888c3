/**
 * `AbortController` for runtimes that have none, such as a mini-program.
 *
 * It implements what `@trpc/client` uses and depends on no other web class. Not implemented: `AbortSignal.any`,
 * `AbortSignal.timeout`, `dispatchEvent`, listener objects.
 *
 * @see https://dom.spec.whatwg.org/#interface-abortcontroller
 */
export class AbortController {
  readonly signal: AbortSignal = new AbortSignal()

  /** Aborts the signal. Only the first call has an effect. */
  abort(reason: unknown = createAbortError()): void {
    this.signal.abortWith(reason)
  }
}

/** The argument of a signal's listeners. */
export interface AbortEvent {
  readonly type: 'abort'
  readonly target: AbortSignal
}

type AbortListener = (event: AbortEvent) => void

/** The signal of an {@link AbortController}. A signal from the constructor never aborts. */
export class AbortSignal {
  aborted = false
  reason: unknown = undefined
  onabort: AbortListener | null = null
  private readonly listeners = new Set<AbortListener>()

  /** Adds a listener. A signal aborts at most once, so `{ once: true }` changes nothing. */
  addEventListener(_type: 'abort', listener: AbortListener, _options?: { readonly once?: boolean }): void {
    this.listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: AbortListener): void {
    this.listeners.delete(listener)
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }

  /** Called by the controller. @internal */
  abortWith(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    const event = { type: 'abort', target: this } as const
    const listeners = [this.onabort, ...this.listeners]
    for (const listener of listeners) notify(listener, event)
  }
}

/** Calls a listener. Its error is rethrown in a timer, as in a browser, so that the other listeners are called. */
function notify(listener: AbortListener | null, event: AbortEvent) {
  try {
    listener?.(event)
  } catch (error) {
    setTimeout(() => {
      throw error
    })
  }
}

function createAbortError(): Error {
  return Object.assign(new Error('The operation was aborted'), { name: 'AbortError' })
}
