import { randomUUID } from 'node:crypto'
import type { StableToken } from '../endpoints/stable-token.ts'
import type { Emit } from '../protocol/events.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import type { StoredToken, TokenStore } from './token-store.ts'

/** WeChat hands out the next token in the last five minutes of one, while both work. */
const RENEW_BEFORE_EXPIRY_MS = 5 * 60_000
/** A token on its last minute may die on the way. */
const EXPIRY_MARGIN_MS = 60_000
/** A token of `expires_in` 300 is due at once; this keeps a WeChat that repeats it from being asked without end. */
const MIN_RENEWAL_INTERVAL_MS = 60_000

const LEASE_POLL_INTERVAL_MS = 50

export interface AccessTokenSource extends AsyncDisposable {
  /** The token to use, fetched if need be: one fetch for any number of callers. */
  current(): Promise<StoredToken>
  /** Takes note that WeChat refused a token; does nothing when another has come in its place. */
  invalidate(token: StoredToken, why: { endpoint: Endpoint; errcode: number }): void
  /** Puts a token from a forced refresh in the place of whatever is held and stored. */
  overwrite(fetched: StableToken, askedAt: Date): Promise<void>
}

export interface AccessTokenSourceOptions {
  readonly store: TokenStore
  readonly fetchToken: () => Promise<StableToken>
  /** How long a lease lasts when its holder dies. Longer than a fetch may take. */
  readonly leaseMs: number
  /** How long to wait for the process that holds the lease before fetching without it. */
  readonly leaseWaitMs: number
  readonly clock: () => Date
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly emit: Emit
}

/**
 * Keeps one access token alive for this process and, through the store, for all that share it.
 *
 * Invariants: a process runs one fetch at a time. A fetched token takes the place only of the record that
 * was read before the fetch set out, so a slow answer never overwrites a newer token. A refusal counts only
 * against the token that was refused, so parallel refusals do not refresh one another away.
 */
export function createAccessTokenSource(options: AccessTokenSourceOptions): AccessTokenSource {
  const { store, clock, random, sleep, emit } = options
  let cached: StoredToken | undefined
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

  /** `suffices` tells which stored token, put there by another process, makes a fetch needless. */
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

  /** The timer renews the token of a process that nobody calls, so that its next caller need not wait. */
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
      if (await store.lease(owner, options.leaseMs)) break
      if (waitedMs >= options.leaseWaitMs) return fetchAndStore(isAcceptable)
      const pauseMs = LEASE_POLL_INTERVAL_MS * (0.5 + random())
      await sleep(pauseMs)
      waitedMs += pauseMs
    }
    try {
      return await fetchAndStore(isAcceptable)
    } finally {
      await store.release(owner)
    }
  }

  async function fetchAndStore(isAcceptable: (token: StoredToken) => boolean): Promise<StoredToken> {
    // Whoever held the lease before may have stored a token since the last look.
    const seen = await store.read()
    if (seen.token !== undefined && isAcceptable(seen.token)) return seen.token
    const requestedAt = clock()
    const fetched = await options.fetchToken()
    emit({ type: 'token-fetched', expiresInSeconds: fetched.expiresInSeconds, forced: false })
    const token = toStored(fetched, requestedAt)
    if (await store.replace(seen.serialized, token)) return token
    const newer = (await store.read()).token
    return newer !== undefined && isUsable(newer) ? newer : token
  }

  return {
    current,
    invalidate(token, why) {
      if (cached?.serialized !== token.serialized) return
      rejected = token.serialized
      cached = undefined
      emit({ type: 'token-dropped', ...why })
    },
    async overwrite(fetched, askedAt) {
      const token = toStored(fetched, askedAt)
      await store.overwrite(token)
      cache(token)
      emit({ type: 'token-fetched', expiresInSeconds: fetched.expiresInSeconds, forced: true })
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      clearTimeout(timer)
      await inFlight?.catch(() => undefined)
    },
  }
}

function toStored({ accessToken, expiresInSeconds }: StableToken, requestedAt: Date): StoredToken {
  const lifeMs = expiresInSeconds * 1_000
  const asked = requestedAt.getTime()
  const token = {
    fetch: randomUUID(),
    value: accessToken,
    usableUntil: asked + lifeMs - Math.min(EXPIRY_MARGIN_MS, lifeMs / 2),
    renewFrom: asked + Math.max(lifeMs - RENEW_BEFORE_EXPIRY_MS, MIN_RENEWAL_INTERVAL_MS),
  }
  return { ...token, serialized: JSON.stringify(token) }
}
