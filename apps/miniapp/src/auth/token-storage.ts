import type { TokenPair } from '@kinpass/contracts'
import type { PersistentMap } from '../lib/persistent-map.ts'

const STORAGE_KEY = 'kinpass.session'
/** Stored in place of the tokens after a sign-out. */
const SIGNED_OUT = 'left'

/** The token pair of this installation; its fields are the stored JSON. */
export interface StoredTokens extends Pick<TokenPair, 'token' | 'refreshToken'> {
  /** Milliseconds, by this phone's clock, which may differ from the server's by hours. */
  readonly renewAt: number
}

/** One storage key that holds tokens, the sign-out mark or nothing. */
export interface TokenStorage {
  readonly get: () => StoredTokens | undefined
  /** True from a sign-out until tokens are set. */
  readonly isSignedOut: () => boolean
  readonly set: (pair: TokenPair) => void
  readonly markSignedOut: () => void
  readonly clear: () => void
  /** Reads what another tab stored; true when it changed. */
  readonly syncFromStorage: () => boolean
}

export function createTokenStorage(storage: PersistentMap, clock: () => number): TokenStorage {
  return {
    get: () => parseTokens(storage.get(STORAGE_KEY)),
    isSignedOut: () => storage.get(STORAGE_KEY) === SIGNED_OUT,
    set({ token, refreshToken, expiresInSeconds }) {
      const stored: StoredTokens = { token, refreshToken, renewAt: clock() + renewAfterMs(expiresInSeconds) }
      storage.set(STORAGE_KEY, JSON.stringify(stored))
    },
    markSignedOut: () => storage.set(STORAGE_KEY, SIGNED_OUT),
    clear: () => storage.delete(STORAGE_KEY),
    syncFromStorage: () => storage.syncFromStorage(STORAGE_KEY),
  }
}

/** One minute before the token expires, or half its lifetime if that is later. */
function renewAfterMs(expiresInSeconds: number): number {
  return Math.max(expiresInSeconds - 60, expiresInSeconds / 2) * 1000
}

/** Undefined for anything that is not a stored token pair, such as a truncated or an edited value. */
function parseTokens(text: string | undefined): StoredTokens | undefined {
  if (text?.[0] !== '{') return undefined
  try {
    // JSON.parse returns any; each field is checked before use.
    const { token, refreshToken, renewAt }: Partial<Record<keyof StoredTokens, unknown>> = JSON.parse(text)
    return typeof token === 'string' && typeof refreshToken === 'string' && typeof renewAt === 'number'
      ? { token, refreshToken, renewAt }
      : undefined
  } catch {
    return undefined
  }
}
