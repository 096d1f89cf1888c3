import type { PrepareOutput } from '@kinpass/contracts'
import { needsLoginCode } from '../errors/app-error.ts'

/** WeChat's login codes expire after 5 minutes; the rest is time for the request. */
const MAX_AGE_MS = 4 * 60_000

/** Caches one code of `wx.login`, so that it is ready before the person taps the phone button. */
export interface LoginCodeCache {
  /** Fetches a code and has the server exchange it, unless a valid one is cached. */
  readonly prefetch: () => void
  /** The cached code while it is valid, else a fresh one. */
  readonly get: () => Promise<string>
  /** Call when the code is spent. */
  readonly invalidate: () => void
}

export interface LoginCodeCacheDeps {
  readonly fetchCode: () => Promise<string>
  readonly prepare: (input: { code: string }) => Promise<PrepareOutput>
  /** Milliseconds. */
  readonly clock: () => number
}

export function createLoginCodeCache({ fetchCode, prepare, clock }: LoginCodeCacheDeps): LoginCodeCache {
  let cached: { readonly code: Promise<string>; readonly expiresAt: number } | undefined

  function get() {
    if (cached === undefined || clock() > cached.expiresAt) {
      const entry = { code: fetchCode(), expiresAt: clock() + MAX_AGE_MS }
      cached = entry
      entry.code.catch(() => remove(entry))
    }
    return cached.code
  }

  function remove(entry: typeof cached) {
    if (cached === entry) cached = undefined
  }

  /** Saves the login a request to WeChat. On an error, the login exchanges the code. */
  async function prefetchOnServer(code: Promise<string>) {
    const entry = cached
    try {
      const { keptForSeconds } = await prepare({ code: await code })
      if (entry && cached === entry)
        cached = { ...entry, expiresAt: Math.min(entry.expiresAt, clock() + keptForSeconds * 1000) }
    } catch (error) {
      if (needsLoginCode(error)) remove(entry)
    }
  }

  return {
    prefetch() {
      const before = cached
      const code = get()
      if (cached !== before) void prefetchOnServer(code)
    },
    get,
    invalidate() {
      cached = undefined
    },
  }
}
