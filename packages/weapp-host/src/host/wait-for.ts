import { setTimeout as delay } from 'node:timers/promises'

const POLL_INTERVAL_MS = 5

/**
 * Polls `condition` until it returns a truthy value, and returns that value.
 *
 * @throws {Error} after `timeoutMs`, with the text of `describe`; its `cause` is the last error of `condition`
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs, describe }: { readonly timeoutMs: number; readonly describe: () => string },
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs
  let cause: unknown
  for (;;) {
    try {
      const value = await condition()
      if (value) return value
      cause = undefined
    } catch (error) {
      cause = error
    }
    if (performance.now() >= deadline)
      throw new Error(`Condition not met within ${timeoutMs} ms.\n${describe()}`, { cause })
    await delay(POLL_INTERVAL_MS)
  }
}
