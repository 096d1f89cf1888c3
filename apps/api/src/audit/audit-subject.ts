/** Whom a refusal is about, as the `cause` of a `Failure`: the caller never learns it, the audit does. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly memberId: bigint
  /** UUID. */
  readonly sessionId: string | undefined

  constructor(memberId: bigint, sessionId?: string) {
    super('a member was refused')
    this.memberId = memberId
    this.sessionId = sessionId
  }
}
