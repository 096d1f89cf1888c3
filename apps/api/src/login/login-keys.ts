import type { DataKeys, Names } from '../keys/key-ring.ts'

/** What stands for a login once its codes are gone. */
export interface LoginKeys {
  /** Names of the login code: one code, one session. */
  readonly loginKeys: Names
  /** Names of everything that a repetition of the same login by the same client brings again. */
  readonly repeatKeys: Names
}

export function loginKeys(
  dataKeys: DataKeys,
  login: { code: string; phoneCode?: string; installationId: string },
): LoginKeys {
  const { code, phoneCode = '', installationId } = login
  return {
    loginKeys: dataKeys.names('login-code', code),
    repeatKeys: dataKeys.names('repetition', JSON.stringify([code, phoneCode, installationId])),
  }
}
