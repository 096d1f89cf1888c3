/**
 * What is sent again, and when: the whole of it, one row per endpoint of WeChat.
 *
 * - `tokenError`: after 40001, 40014 or 42001, which WeChat raises before it looks at anything else.
 *   `once` drops the token (if it is still the one that is stored), takes another and sends once more.
 * - `outage`: after a timeout, a lost connection, an HTTP 5xx, a gateway's page or errcode -1, when
 *   nobody knows whether WeChat did the deed. `within-budget` waits with full jitter and tries again
 *   for as long as the time budget lasts.
 */
export const retryTable = {
  // A login code works once: a second send of a code that did arrive burns the login with 40163.
  jscode2session: { tokenError: 'no-token', outage: 'never' },
  // Asks for the same token as often as one likes.
  stable_token: { tokenError: 'no-token', outage: 'within-budget' },
  // A forced refresh kills the token before it and counts against twenty a day.
  'stable_token (forced)': { tokenError: 'no-token', outage: 'never' },
  // A phone code works once, and each tap that made one is charged.
  getuserphonenumber: { tokenError: 'once', outage: 'never' },
  // Only looks.
  checksession: { tokenError: 'once', outage: 'within-budget' },
  // A second reset is signed with the key that the first one killed.
  resetusersessionkey: { tokenError: 'once', outage: 'never' },
  // Only looks.
  msg_sec_check: { tokenError: 'once', outage: 'within-budget' },
} as const satisfies Record<string, RetryRule>

/** One row of the table. */
export interface RetryRule {
  readonly tokenError: 'no-token' | 'once'
  readonly outage: 'never' | 'within-budget'
}

/** An endpoint of WeChat by its own path word. */
export type Endpoint = keyof typeof retryTable
