import type { FailureCode } from '@kinpass/contracts'

/** What happened at the door. */
export type AuditKind =
  | 'login'
  | 'resume'
  | 'renew'
  | 'refusal'
  | 'replay'
  | 'revoke'
  | 'logout'
  | 'logout-everywhere'

/** A row of `login_event`. Never a secret, a code or a phone number. */
export interface AuditEvent {
  at: Date
  kind: AuditKind
  memberId?: bigint
  /** UUID. */
  sessionId?: string
  /** What was refused, and why. */
  procedure?: string
  failure?: FailureCode
  /** WeChat's own id of the request it refused. */
  rid?: string
  /** HMAC of the caller's address. */
  addressHash?: string
  requestId: string
}

export interface Audit {
  record(event: AuditEvent): Promise<void>
  /** Removes events older than `before` and tells how many. */
  purge(before: Date): Promise<number>
}
