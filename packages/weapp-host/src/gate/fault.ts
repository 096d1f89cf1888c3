/** Something that keeps a build from running, being uploaded, or being as small as promised. */
export interface Fault {
  readonly rule:
    | 'free-global'
    | 'stale-allowance'
    | 'syntax'
    | 'template'
    | 'app-json'
    | 'size'
    | 'forbidden-text'
  /** A sentence: the fact and its mend. */
  readonly message: string
  readonly file?: string
  /** Counted from 1. */
  readonly line?: number
  readonly column?: number
}
