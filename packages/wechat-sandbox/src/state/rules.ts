import { FLAGGED_WORDS, type FlaggedWord } from '../text-check/flagged-words.ts'
import type { SessionKeyRotation } from './session-keys.ts'

/** What WeChat has not published, as switches. `strict` turns each to the side that refuses more. */
export interface Rules {
  /** Does jscode2session look at `grant_type`? If so, anything but `authorization_code` is 40002. */
  readonly checksGrantType: boolean
  /** When `wx.login` replaces the session key. */
  readonly sessionKeyRotation: SessionKeyRotation
  /** How long a session key lives without use. */
  readonly sessionKeyLifetimeMs: number
  /**
   * What getuserphonenumber does with an `openid`: the document says it is checked against the code; one old thread
   * reports a format error whenever it is sent.
   */
  readonly phoneOpenid: 'checked' | 'ignored' | 'refused'
  /** The document's sample has the number 86 as `countryCode`, live answers have the text. */
  readonly countryCodeIsNumber: boolean
  /** The errcode when a checked `openid` is not the code's owner. */
  readonly phoneOpenidMismatch: number
  /**
   * How long the last stable token survives a forced refresh. The document calls it invalid at once, and elsewhere
   * asks for two calls 30 s apart to kill a leaked token.
   */
  readonly forceRefreshOverlapMs: number
  /** The words that msg_sec_check finds. */
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

export function resolveRules(strict: boolean, own: Partial<Rules> = {}): Rules {
  return { ...(strict ? STRICT : LENIENT), ...own }
}
