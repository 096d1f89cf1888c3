import { randomUUID } from 'node:crypto'
import type { StableToken } from '../endpoints/stable-token.ts'
import type { Emit } from '../protocol/events.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import type { StoredToken, TokenStore } from './token-store.ts'

/** WeChat issues the next token during the last five minutes of the current one; both work then. */
const RENEW_BEFORE_EXPIRY_MS = 5 * 60_000
/** A token this close to its expiry may expire before the request arrives. */
const EXPIRY_MARGIN_MS = 60_000
/** Prevents a renewal loop: a token with an `expires_in` of 300 is due for renewal when it is fetched. */
const MIN_RENEWAL_INTERVAL_MS = 60_000
/** Mean delay between attempts to take the lease; the actual delay is 50 to 150 % of it. */
const LEASE_POLL_INTERVAL_MS = 50

export interface AccessTokenSource extends AsyncDisposable {
  /** Returns a usable token; concurrent callers share one fetch. */
  current(): Promise<StoredToken>
  /** Discards a token that WeChat rejected. Does nothing if another token is cached. */
  invalidate(token: StoredToken, cause: { endpoint: Endpoint; errcode: number }): void
  /** Replaces the cached and the stored token by one from a forced refresh. */
  overwrite(fetched: StableToken, requestedAt: Date): Promise<void>
}

export interface AccessTokenSourceDeps {
  readonly store: TokenStore
  readonly fetchToken: () => Promise<StableToken>
  readonly clock: () => Date
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly emit: Emit
}

export interface AccessTokenSourceOptions {
  /** When the lease of a crashed process expires. Must exceed the duration of a fetch. */
  readonly leaseMs: number
  /** How long to wait for another process's lease before fetching without one. */
  readonly leaseWaitMs: number
}

/**
 * Caches and renews one access token, shared through the store with all processes that use it.
 *
 * Invariants:
 * - A process runs one fetch at a time.
 * - A fetched token replaces only the stored token that was read before the fetch, so a slow response never
 *   overwrites a newer token.
 * - Invalidation applies only to the rejected token, so concurrent rejections of one token cause one fetch.
 */
export function createAccessTokenSource(
  { store, fetchToken, clock, random, sleep, emit }: AccessTokenSourceDeps,
  { leaseMs, leaseWaitMs }: AccessTokenSourceOptions,
): AccessTokenSource {
  let cached: StoredToken | undefined
  /** `serialized` of the token that WeChat rejected last: the store may still return it. */
  let rejected: string | undefined
  let inFlight: Promise<StoredToken> | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const now = () => clock().getTime()
  const isUsable = (token: StoredToken) => token.serialized !== rejected && now() < token.usableUntil
  const isFresh = (token: StoredToken) => isUsable(token) && now() < token.renewFrom

  async function current(): Promise<StoredToken> {
    if (cached === undefined || !isUsable(cached)) return refresh(isUsable)
    if (!isFresh(cached)) renewInBackground()
    return cached
  }

  /** Single-flight. A stored token that `isAcceptable`, written by another process, is used without a fetch. */
  function refresh(isAcceptable: (token: StoredToken) => boolean): Promise<StoredToken> {
    inFlight ??= acquire(isAcceptable)
      .then(cache)
      .finally(() => {
        inFlight = undefined
      })
    return inFlight
  }

  function renewInBackground(): void {
    if (inFlight !== undefined || isClosed) return
    refresh(isFresh).catch((error: unknown) => {
      emit({ type: 'token-renewal-failed', error })
      if (cached !== undefined) cache({ ...cached, renewFrom: now() + MIN_RENEWAL_INTERVAL_MS })
    })
  }

  /** The timer renews the token of an idle process, so that its next caller does not wait for a fetch. */
  function cache(token: StoredToken): StoredToken {
    cached = token
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(renewInBackground, Math.max(0, token.renewFrom - now())).unref()
    return token
  }

  async function acquire(isAcceptable: (token: StoredToken) => boolean): Promise<StoredToken> {
    const owner = randomUUID()
    for (let waitedMs = 0; ; ) {
      const { token } = await store.read()
      if (token !== undefined && isAcceptable(token)) return token
      if (await store.lease(owner, leaseMs)) break
      if (waitedMs >= leaseWaitMs) return fetchAndStore(isAcceptable)
      const delayMs = LEASE_POLL_INTERVAL_MS * (0.5 + random())
      await sleep(delayMs)
      waitedMs += delayMs
    }
    try {
      return await fetchAndStore(isAcceptable)
    } finally {
      await store.release(owner)
    }
  }

  async function fetchAndStore(isAcceptable: (token: StoredToken) => boolean): Promise<StoredToken> {
    // The previous owner of the lease may have stored a token since the last read.
    const stored = await store.read()
    if (stored.token !== undefined && isAcceptable(stored.token)) return stored.token
    const requestedAt = clock()
    const fetched = await fetchToken()
    emit({ type: 'token-fetched', expiresInSeconds: fetched.expiresInSeconds, forced: false })
    const token = toStoredToken(fetched, requestedAt)
    if (await store.replace(stored.serialized, token)) return token
    const newer = (await store.read()).token
    return newer !== undefined && isUsable(newer) ? newer : token
  }

  return {
    current,
    invalidate(token, cause) {
      if (cached?.serialized !== token.serialized) return
      rejected = token.serialized
      cached = undefined
      emit({ type: 'token-invalidated', ...cause })
    },
    async overwrite(fetched, requestedAt) {
      const token = toStoredToken(fetched, requestedAt)
      await store.overwrite(token)
      cache(token)
      emit({ type: 'token-fetched', expiresInSeconds: fetched.expiresInSeconds, forced: true })
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      clearTimeout(timer)
      // The caller of the fetch receives its error.
      await inFlight?.catch(() => undefined)
    },
  }
}

function toStoredToken({ accessToken, expiresInSeconds }: StableToken, requestedAt: Date): StoredToken {
  const lifetimeMs = expiresInSeconds * 1_000
  const requestedMs = requestedAt.getTime()
  const token = {
    fetch: randomUUID(),
    value: accessToken,
    usableUntil: requestedMs + lifetimeMs - Math.min(EXPIRY_MARGIN_MS, lifetimeMs / 2),
    renewFrom: requestedMs + Math.max(lifetimeMs - RENEW_BEFORE_EXPIRY_MS, MIN_RENEWAL_INTERVAL_MS),
  }
  return { ...token, serialized: JSON.stringify(token) }
}
