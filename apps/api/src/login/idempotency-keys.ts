import type { Digests, KeyRing } from '../keys/key-ring.ts'

/** What identifies a login without storing its one-time codes. */
export interface IdempotencyKeys {
  /** Digests of the login code. One login code starts one session. */
  readonly loginDigests: Digests
  /** Digests of everything that the same login sent again contains: both codes and the installation id. */
  readonly repeatDigests: Digests
}

export function createIdempotencyKeys(
  keyRing: KeyRing,
  login: { code: string; phoneCode?: string; installationId: string },
): IdempotencyKeys {
  const { code, phoneCode = '', installationId } = login
  return {
    loginDigests: keyRing.digests('login-code', code),
    repeatDigests: keyRing.digests('repetition', JSON.stringify([code, phoneCode, installationId])),
  }
}
