/** Handles the rejection and returns true, or returns false for a promise of another realm. */
export type RejectionHandler = (reason: unknown, promise: unknown) => boolean

type Listener = (reason: unknown, promise: unknown) => void

const handlers = new Set<RejectionHandler>()
let processListeners: Listener[] = []

/**
 * Handles the unhandled rejections of one realm before the process's listeners.
 *
 * V8 reports the rejections of every context to the process, and a test runner would count them as its own errors.
 *
 * @returns a function that removes the handler
 */
export function interceptUnhandledRejections(handler: RejectionHandler): () => void {
  if (handlers.size === 0) {
    // Node's typings return `Function[]`; listeners of this event have these parameters.
    processListeners = process.listeners('unhandledRejection') as Listener[]
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', dispatch)
  }
  handlers.add(handler)
  return () => {
    handlers.delete(handler)
    if (handlers.size > 0) return
    process.off('unhandledRejection', dispatch)
    for (const listener of processListeners) process.on('unhandledRejection', listener)
  }
}

function dispatch(reason: unknown, promise: unknown) {
  for (const handler of handlers) if (handler(reason, promise)) return
  if (processListeners.length === 0) throw reason
  for (const listener of processListeners) listener(reason, promise)
}
