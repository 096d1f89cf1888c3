/**
 * Which requests are retried, one row per endpoint.
 *
 * - `tokenError`: after 40001, 40014 or 42001. WeChat checks the token before anything else, so nothing else in
 *   the request has taken effect. `once` invalidates the token if it is still the cached one, acquires another
 *   and sends once more.
 * - `outage`: after a timeout, a lost connection, HTTP 5xx, a gateway page or errcode -1, when it is unknown
 *   whether WeChat processed the request. `within-budget` retries with full jitter until the time budget is
 *   used up.
 */
export const retryTable = {
  // A login code works once: resending a code that did arrive fails with 40163.
  jscode2session: { tokenError: 'no-token', outage: 'never' },
  // Idempotent: normal mode returns the same token while it is valid.
  stable_token: { tokenError: 'no-token', outage: 'within-budget' },
  // Revokes the previous token and counts against the daily quota of 20.
  'stable_token (forced)': { tokenError: 'no-token', outage: 'never' },
  // A phone code works once, and WeChat charges for each.
  getuserphonenumber: { tokenError: 'once', outage: 'never' },
  // Read-only.
  checksession: { tokenError: 'once', outage: 'within-budget' },
  // A retry would be signed with the session key that the first request revoked.
  resetusersessionkey: { tokenError: 'once', outage: 'never' },
  // Read-only.
  msg_sec_check: { tokenError: 'once', outage: 'within-budget' },
} as const satisfies Record<string, RetryRule>

/** One row of {@link retryTable}. */
export interface RetryRule {
  readonly tokenError: 'no-token' | 'once'
  readonly outage: 'never' | 'within-budget'
}

/** The last path segment of the endpoint's URL; a forced refresh by stable_token is a row of its own. */
export type Endpoint = keyof typeof retryTable
