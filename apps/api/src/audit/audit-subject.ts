/** The `cause` of a `Failure` that names its member, for the audit log. The client never receives it. */
export class AuditSubject extends Error {
  override readonly name = 'AuditSubject'
  readonly memberId: bigint
  /** UUID. */
  readonly sessionId: string | undefined

  constructor(memberId: bigint, sessionId?: string) {
    super('a member was refused')
    this.memberId = memberId
    this.sessionId = sessionId
  }
}
