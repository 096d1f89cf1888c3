import type { SessionKeyRotation } from './state/session-keys.ts'

/** What WeChat has not published, as switches. `strict` turns each to the side that refuses more. */
export interface Rules {
  /** Does jscode2session look at `grant_type`? If so, anything but `authorization_code` is 40002. */
  readonly checksGrantType: boolean
  /** When `wx.login` replaces the session key. */
  readonly sessionKeyRotation: SessionKeyRotation
  /** The errcode when getuserphonenumber gets an `openid` that is not the code's owner; 0 ignores the field. */
  readonly phoneOpenidMismatch: number
}

const LENIENT: Rules = {
  checksGrantType: false,
  sessionKeyRotation: { afterMs: 3_600_000 },
  phoneOpenidMismatch: 40003,
}

const STRICT: Rules = { ...LENIENT, checksGrantType: true, sessionKeyRotation: 'always' }

export function chooseRules(strict: boolean, own: Partial<Rules> = {}): Rules {
  return { ...(strict ? STRICT : LENIENT), ...own }
}
