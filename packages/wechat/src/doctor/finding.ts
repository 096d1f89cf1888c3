/** One thing that the doctor looked at. */
export interface CheckResult {
  readonly check: string
  /** `unknown` where something else failed first. */
  readonly status: 'good' | 'bad' | 'unknown'
  /** What is so, in words without secrets. */
  readonly detail: string
  /** What to do about it, where something is to be done. */
  readonly hint?: string
}
