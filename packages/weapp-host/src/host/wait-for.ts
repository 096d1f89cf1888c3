import { setTimeout as delay } from 'node:timers/promises'

const everyMs = 5

/**
 * Looks again and again until there is something to see.
 *
 * @throws {Error} after `timeoutMs`, with what `describe` tells about the state of things, and what `look` threw last
 */
export async function waitFor<T>(
  look: () => T | Promise<T>,
  { timeoutMs, describe }: { readonly timeoutMs: number; readonly describe: () => string },
): Promise<NonNullable<T>> {
  const giveUpAt = performance.now() + timeoutMs
  let cause: unknown
  for (;;) {
    try {
      const seen = await look()
      if (seen) return seen
      cause = undefined
    } catch (error) {
      cause = error
    }
    if (performance.now() >= giveUpAt)
      throw new Error(`Waited ${timeoutMs} ms in vain.\n${describe()}`, { cause })
    await delay(everyMs)
  }
}
