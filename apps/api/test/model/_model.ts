import type { FailureCode } from '@kinpass/contracts'

/** The expected state after a history, computed from the documents without code of the API. */
export interface Model {
  /** Epoch milliseconds of the service's clock. */
  now: () => number
  readonly people: Record<PersonName, { status: AccountStatus; isKnown: boolean }>
  readonly attempts: LoginAttempt[]
  readonly sessions: ModelSession[]
  /** The expected rows of the audit, in order. */
  readonly audit: AuditRow[]
}

export type PersonName = 'alice' | 'bob'
export type AccountStatus = 'active' | 'banned' | 'closed'
export type CodeProcedure = 'login' | 'resume' | 'session.prepare'
/** Which response of WeChat is lost. */
export type LostResponse = 'login-code' | 'phone-code' | undefined

/** A pair of codes that a person has tapped, with the results of their exchanges. */
export interface LoginAttempt {
  readonly person: PersonName
  readonly code: string
  readonly phoneCode: string
  readonly tappedAt: number
  loginCodeExchange?: { owner: string; at: number; failure?: FailureCode }
  phoneCodeExchange?: { failure?: FailureCode }
  session?: ModelSession
}

export interface ModelSession {
  readonly person: PersonName
  /** Procedure and device of the login. Only the same procedure on the same device gets the response again. */
  readonly startedBy: string
  readonly id: string
  device: string
  readonly startedAt: number
  rotatedAt: number
  /** The issued pairs, by generation. */
  readonly pairs: { token: string; refreshToken: string; expiresAtSecond: number }[]
  endReason?: 'logout' | 'revoked' | 'logout-everywhere' | 'replay'
}

export interface AuditRow {
  kind: string
  failure: string | null
  procedure: string | null
  person: PersonName | null
  sessionId: string | null
}

export const CODE_VALIDITY_MS = 300_000
export const GRACE_MS = 60_000
const DAY_MS = 86_400_000
const IDLE_MS = 30 * DAY_MS
const ABSOLUTE_MS = 180 * DAY_MS
const TOKEN_LIFETIME_SECONDS = 900

/** The expected result of a call that sends codes. */
export type ExpectedResult =
  | { failure: FailureCode; about?: ModelSession | PersonName }
  | { startsSession: true }
  | { repeats: ModelSession }
  | { prepared: true }

/** Returns the expected result of sending an attempt's codes, and records the exchanges in the attempt. */
export function expectSend(
  model: Model,
  call: { attempt: LoginAttempt; procedure: CodeProcedure; device: string; lost: LostResponse },
): ExpectedResult {
  const { attempt, procedure, device, lost } = call
  if (procedure !== 'session.prepare' && attempt.session) {
    const { session } = attempt
    const isSame = session.startedBy === `${procedure} ${device}`
    const isTooLate = session.pairs.length > 1 || model.now() - session.startedAt > CODE_VALIDITY_MS
    if (!isSame || isTooLate) return { failure: 'LOGIN_CODE_SPENT' }
    const failure = sessionFailure(model, session)
    return failure ? { failure, about: session } : { repeats: session }
  }
  const failure = exchangeLoginCode(model, attempt, device, lost)
  if (failure) return { failure }
  if (procedure === 'session.prepare') return { prepared: true }

  const { isKnown } = model.people[attempt.person]
  if (procedure === 'resume' && !isKnown) return { failure: 'MEMBER_UNKNOWN' }
  const inactive = isKnown ? statusFailure(model, attempt.person) : undefined
  if (inactive) return { failure: inactive, about: attempt.person }
  const phoneFailure = procedure === 'login' ? exchangePhoneCode(model, attempt, lost) : undefined
  return phoneFailure ? { failure: phoneFailure } : { startsSession: true }
}

function exchangeLoginCode(
  model: Model,
  attempt: LoginAttempt,
  device: string,
  lost: LostResponse,
): FailureCode | undefined {
  const earlier = attempt.loginCodeExchange
  if (earlier) {
    const isOwn = earlier.owner === device && model.now() - earlier.at < CODE_VALIDITY_MS
    return isOwn ? earlier.failure : 'LOGIN_CODE_SPENT'
  }
  const sent = { owner: device, at: model.now() }
  const isExpired = model.now() - attempt.tappedAt >= CODE_VALIDITY_MS
  if (lost === 'login-code') {
    attempt.loginCodeExchange = { ...sent, failure: 'LOGIN_CODE_SPENT' }
    return 'WECHAT_UNAVAILABLE'
  }
  attempt.loginCodeExchange = isExpired ? { ...sent, failure: 'LOGIN_CODE_INVALID' } : sent
  return attempt.loginCodeExchange.failure
}

function exchangePhoneCode(model: Model, attempt: LoginAttempt, lost: LostResponse): FailureCode | undefined {
  if (attempt.phoneCodeExchange) return attempt.phoneCodeExchange.failure
  const isExpired = model.now() - attempt.tappedAt >= CODE_VALIDITY_MS
  attempt.phoneCodeExchange = isExpired || lost === 'phone-code' ? { failure: 'PHONE_CODE_INVALID' } : {}
  return lost === 'phone-code' ? 'WECHAT_UNAVAILABLE' : attempt.phoneCodeExchange.failure
}

/** Returns the expected result of renewing with a session's refresh token of some generation. */
export function expectRenewal(
  model: Model,
  renewal: { session: ModelSession; generation: number; device: string },
): { failure: FailureCode; isReplay: boolean } | 'rotates' | 'same-pair' {
  const { session, generation, device } = renewal
  const failure = sessionFailure(model, session)
  if (failure) return { failure, isReplay: false }
  const current = session.pairs.length - 1
  if (generation === current) return 'rotates'
  const isInGrace =
    generation === current - 1 && device === session.device && model.now() - session.rotatedAt <= GRACE_MS
  return isInGrace ? 'same-pair' : { failure: 'SESSION_ENDED', isReplay: true }
}

/** Returns the expected failure of a session's access token; undefined when it is accepted. */
export function expectToken(
  model: Model,
  session: ModelSession,
  generation: number,
): FailureCode | undefined {
  const expiresAtSecond = session.pairs[generation]?.expiresAtSecond ?? 0
  return Math.floor(model.now() / 1_000) >= expiresAtSecond ? 'TOKEN_EXPIRED' : sessionFailure(model, session)
}

export function sessionFailure(model: Model, session: ModelSession): FailureCode | undefined {
  return statusFailure(model, session.person) ?? (isActive(model, session) ? undefined : endFailure(session))
}

/** The failure of a session that has ended, which depends on how it ended. */
function endFailure({ endReason }: ModelSession): FailureCode {
  return endReason === 'revoked' || endReason === 'logout-everywhere' ? 'SESSION_REVOKED' : 'SESSION_ENDED'
}

export function isActive({ now }: Model, { endReason, rotatedAt, startedAt }: ModelSession): boolean {
  return endReason === undefined && now() < Math.min(rotatedAt + IDLE_MS, startedAt + ABSOLUTE_MS)
}

function statusFailure({ people }: Model, person: PersonName): FailureCode | undefined {
  const { status } = people[person]
  return status === 'closed' ? 'MEMBER_UNKNOWN' : status === 'banned' ? 'MEMBER_BANNED' : undefined
}

/** A pair that was issued at an instant, with the end of its access token. */
export function issuedPair(now: number, { token, refreshToken }: { token: string; refreshToken: string }) {
  return { token, refreshToken, expiresAtSecond: Math.floor(now / 1_000) + TOKEN_LIFETIME_SECONDS }
}

export function expectAuditRow(
  { audit }: Model,
  kind: string,
  about: ModelSession | PersonName | undefined,
  refused?: { failure: FailureCode; procedure: string },
): void {
  audit.push({
    kind,
    failure: refused?.failure ?? null,
    procedure: refused?.procedure ?? null,
    person: (typeof about === 'object' ? about.person : about) ?? null,
    sessionId: typeof about === 'object' ? about.id : null,
  })
}
