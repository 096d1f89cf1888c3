import { z } from 'zod'
import type { KeyValue } from '../key-value/key-value.ts'
import type { Emit } from '../protocol/events.ts'

/** An access token of WeChat, with the times between which to use and to renew it, in epoch milliseconds. */
const AccessToken = z.object({
  /** Names the fetch, since WeChat may give the same token twice. */
  fetch: z.string(),
  value: z.string(),
  usableUntil: z.number(),
  renewFrom: z.number(),
})
type AccessToken = z.infer<typeof AccessToken>

/** A token together with the exact text that stands for it in the store: what compare-and-set compares. */
export interface StoredToken extends AccessToken {
  readonly serialized: string
}

/** Where the token and the lease of its fetch live. A store that fails never stops a login. */
export interface TokenStore {
  /** What stands in the store, readable or not. */
  read(): Promise<{ serialized: string | undefined; token: StoredToken | undefined }>
  /** Puts a token in the place of the serialized that was read before; false when another has come between. */
  replace(seen: string | undefined, token: StoredToken): Promise<boolean>
  /** Puts a token in the place of whatever stands there. */
  overwrite(token: StoredToken): Promise<void>
  /** Takes the right to fetch, for all processes that share the store. */
  lease(owner: string, ttlMs: number): Promise<boolean>
  release(owner: string): Promise<void>
}

export function createTokenStore(options: {
  keyValue: KeyValue
  appId: string
  clock: () => Date
  emit: Emit
}): TokenStore {
  const { keyValue, clock, emit } = options
  const tokenKey = `wechat:${options.appId}:access-token`
  const leaseKey = `wechat:${options.appId}:access-token-lease`

  /** Parallel fetches are safe in stable_token's normal mode, so a process can do without the store. */
  async function withFallback<T>(operation: string, instead: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      emit({ type: 'key-value-failed', operation, error })
      return instead
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
    replace: (seen, token) =>
      withFallback('compareAndSet', true, () =>
        seen === undefined
          ? keyValue.setIfAbsent(tokenKey, token.serialized, ttl(token))
          : keyValue.compareAndSet(tokenKey, seen, token.serialized, ttl(token)),
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
    const token = AccessToken.safeParse(JSON.parse(serialized))
    return token.success ? { ...token.data, serialized } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
