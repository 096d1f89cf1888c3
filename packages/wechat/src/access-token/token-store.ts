import { z } from 'zod'
import type { KeyValue } from '../key-value/key-value.ts'
import type { Emit } from '../protocol/events.ts'

/** The stored JSON of an access token. Times are Unix milliseconds. */
const AccessToken = z.object({
  /** A unique id of the fetch, because WeChat may return the same token twice. */
  fetch: z.string(),
  value: z.string(),
  usableUntil: z.number(),
  renewFrom: z.number(),
})
type AccessToken = z.infer<typeof AccessToken>

/** An access token with its exact stored text, which compare-and-set needs. */
export interface StoredToken extends AccessToken {
  readonly serialized: string
}

/** Stores the token and the lease of its fetch. No method throws: a failing store never fails a login. */
export interface TokenStore {
  /** Returns the stored text, and the token unless the text is invalid. */
  read(): Promise<{ serialized: string | undefined; token: StoredToken | undefined }>
  /** Compare-and-set against the `serialized` text read before; returns false if another write came first. */
  replace(expected: string | undefined, token: StoredToken): Promise<boolean>
  overwrite(token: StoredToken): Promise<void>
  /** Takes the lease that lets one process fetch; returns false if another owner has it. */
  lease(owner: string, ttlMs: number): Promise<boolean>
  release(owner: string): Promise<void>
}

export function createTokenStore(
  { keyValue, clock, emit }: { keyValue: KeyValue; clock: () => Date; emit: Emit },
  { appId }: { appId: string },
): TokenStore {
  const tokenKey = `wechat:${appId}:access-token`
  const leaseKey = `wechat:${appId}:access-token-lease`

  /** Parallel fetches are safe in stable_token's normal mode, so a process can work without the store. */
  async function withFallback<T>(operation: string, fallback: T, run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      emit({ type: 'key-value-failed', operation, error })
      return fallback
    }
  }

  function ttl(token: AccessToken) {
    return { ttlMs: Math.max(1, Math.ceil(token.usableUntil - clock().getTime())) }
  }

  return {
    read: () =>
      withFallback('get', { serialized: undefined, token: undefined }, async () => {
        const serialized = await keyValue.get(tokenKey)
        return { serialized, token: serialized === undefined ? undefined : parseStoredToken(serialized) }
      }),
    replace: (expected, token) =>
      withFallback('compareAndSet', true, () =>
        expected === undefined
          ? keyValue.setIfAbsent(tokenKey, token.serialized, ttl(token))
          : keyValue.compareAndSet(tokenKey, expected, token.serialized, ttl(token)),
      ),
    overwrite: (token) =>
      withFallback('set', undefined, () => keyValue.set(tokenKey, token.serialized, ttl(token))),
    lease: (owner, ttlMs) =>
      withFallback('setIfAbsent', true, () => keyValue.setIfAbsent(leaseKey, owner, { ttlMs })),
    release: (owner) =>
      withFallback('compareAndDelete', undefined, async () => {
        await keyValue.compareAndDelete(leaseKey, owner)
      }),
  }
}

function parseStoredToken(serialized: string): StoredToken | undefined {
  try {
    const parsed = AccessToken.safeParse(JSON.parse(serialized))
    return parsed.success ? { ...parsed.data, serialized } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
