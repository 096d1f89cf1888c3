/**
 * `AbortController` for JavaScript that has none, as in a mini-program: what `@trpc/client` asks of it, on no other web class.
 *
 * Not there: `AbortSignal.any`, `AbortSignal.timeout`, `dispatchEvent`, listener objects.
 *
 * @see https://dom.spec.whatwg.org/#interface-abortcontroller
 */
export class AbortController {
  readonly signal: AbortSignal = new AbortSignal()

  /** Aborts the signal; the first call counts, the rest do nothing. */
  abort(reason: unknown = createAbortError()): void {
    this.signal.abortWith(reason)
  }
}

/** What the listeners of a signal are called with. */
export interface AbortEvent {
  readonly type: 'abort'
  readonly target: AbortSignal
}

type AbortListener = (event: AbortEvent) => void

/** The signal of an {@link AbortController}; its own constructor makes one that never aborts. */
export class AbortSignal {
  aborted = false
  reason: unknown = undefined
  onabort: AbortListener | null = null
  private readonly listeners = new Set<AbortListener>()

  /** A signal aborts once, so `{ once: true }` goes without saying. */
  addEventListener(_type: 'abort', listener: AbortListener, _options?: { readonly once?: boolean }): void {
    this.listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: AbortListener): void {
    this.listeners.delete(listener)
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }

  /** The controller's door. @internal */
  abortWith(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    const event = { type: 'abort', target: this } as const
    const listeners = [this.onabort, ...this.listeners]
    for (const listener of listeners) notify(listener, event)
  }
}

/** A listener that throws must not keep the others from hearing of it: its error goes to the platform, as in a browser. */
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
