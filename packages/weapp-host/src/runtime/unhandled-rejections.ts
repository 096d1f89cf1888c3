/** Whether a promise is the claimant's, and if so, what it does about it. */
export type Claim = (reason: unknown, promise: unknown) => boolean

const claims = new Set<Claim>()
type Listener = (reason: unknown, promise: unknown) => void
let others: Listener[] = []

/**
 * Takes the unhandled rejections of one realm out of the process's: V8 reports those of every context to the one process, and
 * a test runner takes them for its own.
 *
 * @returns release
 */
export function claimUnhandledRejections(claim: Claim): () => void {
  if (claims.size === 0) {
    // Listeners of this event have these parameters.
    others = process.listeners('unhandledRejection') as Listener[]
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', dispatch)
  }
  claims.add(claim)
  return () => {
    claims.delete(claim)
    if (claims.size > 0) return
    process.off('unhandledRejection', dispatch)
    for (const listener of others) process.on('unhandledRejection', listener)
  }
}

function dispatch(reason: unknown, promise: unknown) {
  for (const claim of claims) if (claim(reason, promise)) return
  if (others.length === 0) throw reason
  for (const listener of others) listener(reason, promise)
}
