/** One thing that the doctor looked at. */
export interface Finding {
  readonly subject: string
  /** `unknown` where something else failed first. */
  readonly verdict: 'good' | 'bad' | 'unknown'
  /** What is so, in words without secrets. */
  readonly finding: string
  /** What to do about it, where something is to be done. */
  readonly mend?: string
}
