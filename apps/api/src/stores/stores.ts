import type { Audit } from '../audit/audit-log.ts'
import type { Members } from '../members/member-store.ts'
import type { Sessions } from '../sessions/session-store.ts'

/** What must last: members, their sessions, and the account of what happened. */
export interface Records {
  readonly members: Members
  readonly sessions: Sessions
  readonly audit: Audit
}

export interface RecordStore extends Records {
  /** All that `work` writes is kept, or none of it. */
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>
}
