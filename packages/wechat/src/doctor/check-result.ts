/** The result of one check of the doctor. */
export interface CheckResult {
  readonly check: string
  /** `unknown` if the check is undecided, for example because an earlier one failed. */
  readonly status: 'ok' | 'failed' | 'unknown'
  /** The observed fact, without secrets. */
  readonly detail: string
  /** The fix; undefined if none is needed or known. */
  readonly hint?: string
}
