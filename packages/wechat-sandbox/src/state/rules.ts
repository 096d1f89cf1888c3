import { FLAGGED_WORDS, type FlaggedWord } from '../text-check/flagged-words.ts'
import type { SessionKeyRotation } from './session-keys.ts'

/** Behaviour that WeChat has not published. `strict` selects the stricter variant. */
export interface Rules {
  /** Whether jscode2session checks `grant_type`: 40002 for anything but `authorization_code`. */
  readonly checksGrantType: boolean
  /** When `wx.login` replaces the session key. */
  readonly sessionKeyRotation: SessionKeyRotation
  /** How long an unused session key is valid. */
  readonly sessionKeyLifetimeMs: number
  /**
   * What getuserphonenumber does with an `openid`. By the document it is checked against the code; an old thread
   * reports a format error whenever it is sent.
   */
  readonly phoneOpenid: 'checked' | 'ignored' | 'refused'
  /** `countryCode` as the number 86 (the document's sample) instead of a text (live responses). */
  readonly countryCodeIsNumber: boolean
  /** The errcode when a checked `openid` is not the owner of the code. */
  readonly phoneOpenidMismatch: number
  /**
   * How long the previous stable token works after a forced refresh. By the document it is invalid at once; elsewhere
   * the document requires two calls 30 s apart to revoke a leaked token.
   */
  readonly forceRefreshOverlapMs: number
  /** The words that msg_sec_check flags. */
  readonly flaggedWords: readonly FlaggedWord[]
}

const LENIENT: Rules = {
  checksGrantType: false,
  sessionKeyRotation: { afterMs: 3_600_000 },
  sessionKeyLifetimeMs: 3 * 24 * 3_600_000,
  phoneOpenid: 'checked',
  countryCodeIsNumber: false,
  phoneOpenidMismatch: 40003,
  forceRefreshOverlapMs: 0,
  flaggedWords: FLAGGED_WORDS,
}

const STRICT: Rules = { ...LENIENT, checksGrantType: true, sessionKeyRotation: 'always' }

export function resolveRules(strict: boolean, overrides: Partial<Rules> = {}): Rules {
  return { ...(strict ? STRICT : LENIENT), ...overrides }
}
