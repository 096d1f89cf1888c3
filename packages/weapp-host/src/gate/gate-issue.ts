/** A finding that keeps a build from running, from being uploaded, or from meeting its size budget. */
export interface GateIssue {
  readonly rule:
    | 'free-global'
    | 'stale-allowance'
    | 'syntax'
    | 'template'
    | 'app-json'
    | 'size'
    | 'forbidden-text'
  /** The fact, then the fix. */
  readonly message: string
  readonly file?: string
  /** Counted from 1. */
  readonly line?: number
  /** Counted from 1. */
  readonly column?: number
}
