import type { FailureCode } from '@kinpass/contracts'

/** What a history has made so far, as the documents say it must be: no code of the service is used here. */
export interface Model {
  /** Epoch milliseconds of the service's clock. */
  now: () => number
  readonly people: Record<Name, { status: Status; isKnown: boolean }>
  readonly visits: Visit[]
  readonly sessions: Session[]
  /** What the audit must say, in order. */
  readonly told: Told[]
}

export type Name = 'alice' | 'bob'
export type Status = 'active' | 'banned' | 'closed'
export type Deed = 'login' | 'resume' | 'session.prepare'
/** An answer of WeChat that gets lost on its way. */
export type Lost = 'exchange' | 'phone' | undefined

/** A pair of codes that a person has tapped, and what became of them. */
export interface Visit {
  readonly person: Name
  readonly code: string
  readonly phoneCode: string
  readonly tappedAt: number
  exchange?: { by: string; at: number; failure?: FailureCode }
  phone?: { failure?: FailureCode }
  session?: Session
}

export interface Session {
  readonly person: Name
  /** Which deed of which device began it: only that is answered again. */
  readonly begunBy: string
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
export interface Told {
  kind: string
  failure: string | null
  procedure: string | null
  person: Name | null
  sessionId: string | null
}

export const codeLifeMs = 300_000
export const graceMs = 60_000
const day = 86_400_000
const idleMs = 30 * day
const absoluteMs = 180 * day
const tokenLifeSeconds = 900

/** What a call must end with. */
export type Outcome =
  | { failure: FailureCode; about?: Session | Name }
  | { begins: true }
  | { repeats: Session }
  | { prepared: true }

/** What must come of sending a visit's codes. Notes what WeChat was asked on the way. */
export function expectSending(
  model: Model,
  sending: { visit: Visit; deed: Deed; device: string; lost: Lost },
): Outcome {
  const { visit, deed, device, lost } = sending
  if (deed !== 'session.prepare' && visit.session) {
    const { session } = visit
    const isSame = session.begunBy === `${deed} ${device}`
    const isPast = session.pairs.length > 1 || model.now() - session.startedAt > codeLifeMs
    if (!isSame || isPast) return { failure: 'LOGIN_CODE_SPENT' }
    const failure = refusalOf(model, session)
    return failure ? { failure, about: session } : { repeats: session }
  }
  const failure = exchange(model, visit, device, lost)
  if (failure) return { failure }
  if (deed === 'session.prepare') return { prepared: true }

  const { isKnown } = model.people[visit.person]
  if (deed === 'resume' && !isKnown) return { failure: 'MEMBER_UNKNOWN' }
  const unwelcome = isKnown ? unwelcomeOf(model, visit.person) : undefined
  if (unwelcome) return { failure: unwelcome, about: visit.person }
  const phoneFailure = deed === 'login' ? askPhone(model, visit, lost) : undefined
  return phoneFailure ? { failure: phoneFailure } : { begins: true }
}

function exchange(model: Model, visit: Visit, device: string, lost: Lost): FailureCode | undefined {
  const kept = visit.exchange
  if (kept) {
    const isMine = kept.by === device && model.now() - kept.at < codeLifeMs
    return isMine ? kept.failure : 'LOGIN_CODE_SPENT'
  }
  const asked = { by: device, at: model.now() }
  const isDead = model.now() - visit.tappedAt >= codeLifeMs
  if (lost === 'exchange') {
    visit.exchange = { ...asked, failure: 'LOGIN_CODE_SPENT' }
    return 'WECHAT_UNAVAILABLE'
  }
  visit.exchange = isDead ? { ...asked, failure: 'LOGIN_CODE_INVALID' } : asked
  return visit.exchange.failure
}

function askPhone(model: Model, visit: Visit, lost: Lost): FailureCode | undefined {
  if (visit.phone) return visit.phone.failure
  const isDead = model.now() - visit.tappedAt >= codeLifeMs
  visit.phone = isDead || lost === 'phone' ? { failure: 'PHONE_CODE_INVALID' } : {}
  return lost === 'phone' ? 'WECHAT_UNAVAILABLE' : visit.phone.failure
}

/** What must come of showing a session's refresh token of some generation. */
export function expectRenewal(
  model: Model,
  renewal: { session: Session; generation: number; device: string },
): { failure: FailureCode; isReplay: boolean } | 'rotates' | 'same-pair' {
  const { session, generation, device } = renewal
  const failure = refusalOf(model, session)
  if (failure) return { failure, isReplay: false }
  const current = session.pairs.length - 1
  if (generation === current) return 'rotates'
  const isInGrace =
    generation === current - 1 && device === session.device && model.now() - session.rotatedAt <= graceMs
  return isInGrace ? 'same-pair' : { failure: 'SESSION_ENDED', isReplay: true }
}

/** Why a token of this session is refused; undefined when it is good. */
export function expectToken(model: Model, session: Session, generation: number): FailureCode | undefined {
  const endsAtSecond = session.pairs[generation]?.endsAtSecond ?? 0
  return Math.floor(model.now() / 1_000) >= endsAtSecond ? 'TOKEN_EXPIRED' : refusalOf(model, session)
}

export function refusalOf(model: Model, session: Session): FailureCode | undefined {
  return unwelcomeOf(model, session.person) ?? (isLive(model, session) ? undefined : overOf(session))
}

/** What a session that is over is refused with: it tells who ended it. */
function overOf({ ended }: Session) {
  return ended === 'revoked' || ended === 'logout-everywhere' ? 'SESSION_REVOKED' : 'SESSION_ENDED'
}

export function isLive({ now }: Model, { ended, rotatedAt, startedAt }: Session): boolean {
  return ended === undefined && now() < Math.min(rotatedAt + idleMs, startedAt + absoluteMs)
}

function unwelcomeOf({ people }: Model, person: Name): FailureCode | undefined {
  const { status } = people[person]
  return status === 'closed' ? 'MEMBER_UNKNOWN' : status === 'banned' ? 'MEMBER_BANNED' : undefined
}

export function pairAt(now: number, { token, refreshToken }: { token: string; refreshToken: string }) {
  return { token, refreshToken, endsAtSecond: Math.floor(now / 1_000) + tokenLifeSeconds }
}

export function tell(
  { told }: Model,
  kind: string,
  about: Session | Name | undefined,
  refused?: { failure: FailureCode; procedure: string },
): void {
  told.push({
    kind,
    failure: refused?.failure ?? null,
    procedure: refused?.procedure ?? null,
    person: (typeof about === 'object' ? about.person : about) ?? null,
    sessionId: typeof about === 'object' ? about.id : null,
  })
}
