import type { Audit } from './audit/audit.ts'
import type { Members } from './members/members.ts'
import type { Sessions } from './session/sessions.ts'

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
