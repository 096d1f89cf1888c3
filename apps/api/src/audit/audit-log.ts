import type { FailureCode } from '@kinpass/contracts'

/** Stored in `login_event.kind`. */
export type AuditKind =
  | 'login'
  | 'resume'
  | 'renew'
  | 'refusal'
  | 'replay'
  | 'revoke'
  | 'logout'
  | 'logout-everywhere'

/** A row of `login_event`. Contains no secrets, codes or phone numbers. */
export interface AuditEvent {
  at: Date
  kind: AuditKind
  memberId?: bigint
  /** UUID. */
  sessionId?: string
  /** The refused procedure; only with the kind `refusal`. */
  procedure?: string
  failure?: FailureCode
  /** WeChat's id of a request that it refused. */
  rid?: string
  /** HMAC of the client's IP address. */
  addressHash?: string
  requestId: string
}

export interface AuditLog {
  record(event: AuditEvent): Promise<void>
  /** Deletes events older than `before` and returns their number. */
  purge(before: Date): Promise<number>
}
