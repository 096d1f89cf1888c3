import type { Keep } from '../keep.ts'

const key = 'kinpass.token'

/** The access token of this installation. */
export interface Tokens {
  readonly get: () => string | undefined
  readonly set: (token: string) => void
  readonly drop: () => void
}

export function createTokens(keep: Keep): Tokens {
  return {
    get: () => keep.get(key),
    set: (token) => keep.set(key, token),
    drop: () => keep.drop(key),
  }
}
