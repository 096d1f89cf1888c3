import type { TokenPair } from '@kinpass/contracts'
import type { Keep } from '../lib/persistent-map.ts'

const key = 'kinpass.session'
/** Kept in the place of tokens by who logged out: until they ask again, nobody lets them in. */
const left = 'left'

/** The tokens of this installation. */
export interface HeldTokens extends Pick<TokenPair, 'token' | 'refreshToken'> {
  /** By this phone's own clock, which may be hours off the server's; milliseconds. */
  readonly renewAt: number
}

export interface Tokens {
  readonly get: () => HeldTokens | undefined
  /** Whether somebody logged out, and nobody logged in since. */
  readonly isLeft: () => boolean
  readonly set: (pair: TokenPair) => void
  readonly leave: () => void
  readonly drop: () => void
  /** Heeds what another tab of the browser did; true where it did something. */
  readonly look: () => boolean
}

/** One value in the storage, since it is one of three: tokens, "left", or nothing. */
export function createTokens(keep: Keep, clock: () => number): Tokens {
  return {
    get: () => read(keep.get(key)),
    isLeft: () => keep.get(key) === left,
    set({ token, refreshToken, expiresInSeconds }) {
      const held: HeldTokens = { token, refreshToken, renewAt: clock() + untilRenewalMs(expiresInSeconds) }
      keep.set(key, JSON.stringify(held))
    },
    leave: () => keep.set(key, left),
    drop: () => keep.drop(key),
    look: () => keep.look(key),
  }
}

/** A minute ahead of the end, or at half the life of a token that lives shorter than two. */
function untilRenewalMs(lifeSeconds: number): number {
  return Math.max(lifeSeconds - 60, lifeSeconds / 2) * 1000
}

/** Reads what an earlier version, a crash or a curious person may have left in the storage. */
function read(text: string | undefined): HeldTokens | undefined {
  if (text?.[0] !== '{') return undefined
  try {
    // Each field is looked at before it counts.
    const { token, refreshToken, renewAt }: Partial<Record<keyof HeldTokens, unknown>> = JSON.parse(text)
    return typeof token === 'string' && typeof refreshToken === 'string' && typeof renewAt === 'number'
      ? { token, refreshToken, renewAt }
      : undefined
  } catch {
    // Half a text is no tokens.
    return undefined
  }
}
