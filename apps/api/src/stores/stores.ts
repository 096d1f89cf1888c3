import type { AuditLog } from '../audit/audit-log.ts'
import type { MemberStore } from '../members/member-store.ts'
import type { SessionFinder, SessionStore } from '../sessions/session-store.ts'

/** The persistent data: members, sessions and the audit log. */
export interface Stores {
  readonly members: MemberStore
  readonly sessions: SessionStore
  readonly audit: AuditLog
}

/** The stores outside a transaction, and the unit of work. */
export interface StoresWithTransaction extends Stores {
  readonly sessions: SessionStore & SessionFinder
  /** Runs `work` in a transaction (READ COMMITTED): all of its writes are stored, or none. */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}
