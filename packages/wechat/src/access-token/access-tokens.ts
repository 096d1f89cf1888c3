import { randomUUID } from 'node:crypto'
import type { StableToken } from '../endpoints/stable-token.ts'
import type { Emit } from '../protocol/events.ts'
import type { Endpoint } from '../protocol/retry-table.ts'
import type { StoredToken, TokenStore } from './token-store.ts'

/** WeChat hands out the next token in the last five minutes of one, while both work. */
const RENEW_BEFORE_END_MS = 5 * 60_000
/** A token on its last minute may die on the way. */
const UNUSED_END_MS = 60_000
/** A token of `expires_in` 300 is due at once; this keeps a WeChat that repeats it from being asked without end. */
const LEAST_BETWEEN_RENEWALS_MS = 60_000

const LEASE_PAUSE_MS = 50

export interface AccessTokens extends AsyncDisposable {
  /** The token to use, fetched if need be: one fetch for any number of callers. */
  current(): Promise<StoredToken>
  /** Takes note that WeChat refused a token; does nothing when another has come in its place. */
  drop(token: StoredToken, why: { endpoint: Endpoint; errcode: number }): void
  /** Puts a token from a forced refresh in the place of whatever is held and stored. */
  replaceAll(fetched: StableToken, askedAt: Date): Promise<void>
}

export interface AccessTokenOptions {
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
export function createAccessTokens(options: AccessTokenOptions): AccessTokens {
  const { store, clock, random, sleep, emit } = options
  let held: StoredToken | undefined
  let refused: string | undefined
  let running: Promise<StoredToken> | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const now = () => clock().getTime()
  const isUsable = (token: StoredToken) => token.record !== refused && now() < token.usableUntil
  const isFresh = (token: StoredToken) => isUsable(token) && now() < token.renewFrom

  async function current(): Promise<StoredToken> {
    if (held === undefined || !isUsable(held)) return refresh(isUsable)
    if (!isFresh(held)) renewInBackground()
    return held
  }

  /** `suffices` tells which stored token, put there by another process, makes a fetch needless. */
  function refresh(suffices: (token: StoredToken) => boolean): Promise<StoredToken> {
    running ??= obtain(suffices)
      .then(hold)
      .finally(() => {
        running = undefined
      })
    return running
  }

  function renewInBackground(): void {
    if (running !== undefined || isClosed) return
    refresh(isFresh).catch((error: unknown) => {
      emit({ type: 'token-renewal-failed', error })
      if (held !== undefined) hold({ ...held, renewFrom: now() + LEAST_BETWEEN_RENEWALS_MS })
    })
  }

  /** The timer renews the token of a process that nobody calls, so that its next caller need not wait. */
  function hold(token: StoredToken): StoredToken {
    held = token
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(renewInBackground, Math.max(0, token.renewFrom - now())).unref()
    return token
  }

  async function obtain(suffices: (token: StoredToken) => boolean): Promise<StoredToken> {
    const owner = randomUUID()
    for (let waitedMs = 0; ; ) {
      const { token } = await store.read()
      if (token !== undefined && suffices(token)) return token
      if (await store.lease(owner, options.leaseMs)) break
      if (waitedMs >= options.leaseWaitMs) return fetchAndStore(suffices)
      const pauseMs = LEASE_PAUSE_MS * (0.5 + random())
      await sleep(pauseMs)
      waitedMs += pauseMs
    }
    try {
      return await fetchAndStore(suffices)
    } finally {
      await store.release(owner)
    }
  }

  async function fetchAndStore(suffices: (token: StoredToken) => boolean): Promise<StoredToken> {
    // Whoever held the lease before may have stored a token since the last look.
    const seen = await store.read()
    if (seen.token !== undefined && suffices(seen.token)) return seen.token
    const askedAt = clock()
    const fetched = await options.fetchToken()
    emit({ type: 'token-fetched', expiresInSeconds: fetched.expiresInSeconds, forced: false })
    const token = toStored(fetched, askedAt)
    if (await store.replace(seen.record, token)) return token
    const newer = (await store.read()).token
    return newer !== undefined && isUsable(newer) ? newer : token
  }

  return {
    current,
    drop(token, why) {
      if (held?.record !== token.record) return
      refused = token.record
      held = undefined
      emit({ type: 'token-dropped', ...why })
    },
    async replaceAll(fetched, askedAt) {
      const token = toStored(fetched, askedAt)
      await store.overwrite(token)
      hold(token)
      emit({ type: 'token-fetched', expiresInSeconds: fetched.expiresInSeconds, forced: true })
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      clearTimeout(timer)
      await running?.catch(() => undefined)
    },
  }
}

function toStored({ accessToken, expiresInSeconds }: StableToken, askedAt: Date): StoredToken {
  const lifeMs = expiresInSeconds * 1_000
  const asked = askedAt.getTime()
  const token = {
    fetch: randomUUID(),
    value: accessToken,
    usableUntil: asked + lifeMs - Math.min(UNUSED_END_MS, lifeMs / 2),
    renewFrom: asked + Math.max(lifeMs - RENEW_BEFORE_END_MS, LEAST_BETWEEN_RENEWALS_MS),
  }
  return { ...token, record: JSON.stringify(token) }
}
