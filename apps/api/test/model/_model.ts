import type { FailureCode } from '@kinpass/contracts'

/** What a history has made so far, as the documents say it must be: no code of the service is used here. */
export interface Model {
  /** Epoch milliseconds of the service's clock. */
  now: () => number
  readonly people: Record<PersonName, { status: MemberStatus; isKnown: boolean }>
  readonly attempts: LoginAttempt[]
  readonly sessions: ModelSession[]
  /** What the audit must say, in order. */
  readonly audit: AuditRow[]
}

export type PersonName = 'alice' | 'bob'
export type MemberStatus = 'active' | 'banned' | 'closed'
export type CodeProcedure = 'login' | 'resume' | 'session.prepare'
/** An answer of WeChat that gets lost on its way. */
export type LostResponse = 'exchange' | 'phone' | undefined

/** A pair of codes that a person has tapped, and what became of them. */
export interface LoginAttempt {
  readonly person: PersonName
  readonly code: string
  readonly phoneCode: string
  readonly tappedAt: number
  exchangeLoginCode?: { by: string; at: number; failure?: FailureCode }
  phone?: { failure?: FailureCode }
  session?: ModelSession
}

export interface ModelSession {
  readonly person: PersonName
  /** Which deed of which device began it: only that is answered again. */
  readonly startedBy: string
  /** Known once an answer has told. */
  id: string
  device: string
  readonly startedAt: number
  rotatedAt: number
  /** The pairs that were handed out, by generation. */
  readonly pairs: { token: string; refreshToken: string; endsAtSecond: number }[]
  ended?: 'logout' | 'revoked' | 'logout-everywhere' | 'replay'
}

/** A row of the audit. */
export interface AuditRow {
  kind: string
  failure: string | null
  procedure: string | null
  person: PersonName | null
  sessionId: string | null
}

export const CODE_TTL_MS = 300_000
export const GRACE_MS = 60_000
const day = 86_400_000
const idleMs = 30 * day
const absoluteMs = 180 * day
const tokenLifeSeconds = 900

/** What a call must end with. */
export type Outcome =
  | { failure: FailureCode; about?: ModelSession | PersonName }
  | { begins: true }
  | { repeats: ModelSession }
  | { prepared: true }

/** What must come of sending a visit's codes. Notes what WeChat was asked on the way. */
export function expectSend(
  model: Model,
  sending: { visit: LoginAttempt; deed: CodeProcedure; device: string; lost: LostResponse },
): Outcome {
  const { visit, deed, device, lost } = sending
  if (deed !== 'session.prepare' && visit.session) {
    const { session } = visit
    const isSame = session.startedBy === `${deed} ${device}`
    const isPast = session.pairs.length > 1 || model.now() - session.startedAt > CODE_TTL_MS
    if (!isSame || isPast) return { failure: 'LOGIN_CODE_SPENT' }
    const failure = sessionFailure(model, session)
    return failure ? { failure, about: session } : { repeats: session }
  }
  const failure = exchange(model, visit, device, lost)
  if (failure) return { failure }
  if (deed === 'session.prepare') return { prepared: true }

  const { isKnown } = model.people[visit.person]
  if (deed === 'resume' && !isKnown) return { failure: 'MEMBER_UNKNOWN' }
  const unwelcome = isKnown ? statusFailure(model, visit.person) : undefined
  if (unwelcome) return { failure: unwelcome, about: visit.person }
  const phoneFailure = deed === 'login' ? exchangePhoneCode(model, visit, lost) : undefined
  return phoneFailure ? { failure: phoneFailure } : { begins: true }
}

function exchange(
  model: Model,
  visit: LoginAttempt,
  device: string,
  lost: LostResponse,
): FailureCode | undefined {
  const kept = visit.exchangeLoginCode
  if (kept) {
    const isMine = kept.by === device && model.now() - kept.at < CODE_TTL_MS
    return isMine ? kept.failure : 'LOGIN_CODE_SPENT'
  }
  const asked = { by: device, at: model.now() }
  const isDead = model.now() - visit.tappedAt >= CODE_TTL_MS
  if (lost === 'exchange') {
    visit.exchangeLoginCode = { ...asked, failure: 'LOGIN_CODE_SPENT' }
    return 'WECHAT_UNAVAILABLE'
  }
  visit.exchangeLoginCode = isDead ? { ...asked, failure: 'LOGIN_CODE_INVALID' } : asked
  return visit.exchangeLoginCode.failure
}

function exchangePhoneCode(model: Model, visit: LoginAttempt, lost: LostResponse): FailureCode | undefined {
  if (visit.phone) return visit.phone.failure
  const isDead = model.now() - visit.tappedAt >= CODE_TTL_MS
  visit.phone = isDead || lost === 'phone' ? { failure: 'PHONE_CODE_INVALID' } : {}
  return lost === 'phone' ? 'WECHAT_UNAVAILABLE' : visit.phone.failure
}

/** What must come of showing a session's refresh token of some generation. */
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

/** Why a token of this session is refused; undefined when it is good. */
export function expectToken(
  model: Model,
  session: ModelSession,
  generation: number,
): FailureCode | undefined {
  const endsAtSecond = session.pairs[generation]?.endsAtSecond ?? 0
  return Math.floor(model.now() / 1_000) >= endsAtSecond ? 'TOKEN_EXPIRED' : sessionFailure(model, session)
}

export function sessionFailure(model: Model, session: ModelSession): FailureCode | undefined {
  return statusFailure(model, session.person) ?? (isLive(model, session) ? undefined : endFailure(session))
}

/** What a session that is over is refused with: it tells who ended it. */
function endFailure({ ended }: ModelSession) {
  return ended === 'revoked' || ended === 'logout-everywhere' ? 'SESSION_REVOKED' : 'SESSION_ENDED'
}

export function isLive({ now }: Model, { ended, rotatedAt, startedAt }: ModelSession): boolean {
  return ended === undefined && now() < Math.min(rotatedAt + idleMs, startedAt + absoluteMs)
}

function statusFailure({ people }: Model, person: PersonName): FailureCode | undefined {
  const { status } = people[person]
  return status === 'closed' ? 'MEMBER_UNKNOWN' : status === 'banned' ? 'MEMBER_BANNED' : undefined
}

export function pairAt(now: number, { token, refreshToken }: { token: string; refreshToken: string }) {
  return { token, refreshToken, endsAtSecond: Math.floor(now / 1_000) + tokenLifeSeconds }
}

export function recordAudit(
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
