import type { DataKeys } from '../keys/data-keys.ts'

/** What stands for a login once its codes are gone. */
export interface LoginKeys {
  /** HMAC of the login code: one code, one session. */
  readonly loginKey: string
  /** HMAC of everything that a repetition of the same login by the same client brings again. */
  readonly repeatKey: string
}

export function loginKeys(
  dataKeys: DataKeys,
  login: { code: string; phoneCode?: string; installationId: string },
): LoginKeys {
  const { code, phoneCode = '', installationId } = login
  return {
    loginKey: dataKeys.mac('login-code', code).toString('base64url'),
    repeatKey: dataKeys
      .mac('login-code', JSON.stringify([code, phoneCode, installationId]))
      .toString('base64url'),
  }
}
