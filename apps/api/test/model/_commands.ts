import fc, { type AsyncCommand } from 'fast-check'
import { expect } from 'vitest'
import { codesOf, device as deviceOn } from '../_device.ts'
import {
  CODE_TTL_MS,
  type CodeProcedure,
  expectRenewal,
  expectSend,
  expectToken,
  GRACE_MS,
  isLive,
  type LoginAttempt,
  type LostResponse,
  type MemberStatus,
  type Model,
  type ModelSession,
  type PersonName,
  pairAt,
  recordAudit,
} from './_model.ts'
import { outcomeOf, type Real, sessionIdOf } from './_real.ts'

type Command = AsyncCommand<Model, Real>

/** A command that prints as what it does. */
function command(
  text: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command {
  return { check, run, toString: () => text }
}

const hasSession = ({ sessions }: Readonly<Model>) => sessions.length > 0
const newest = <T>(list: readonly T[], back: number): T => {
  const found = list[list.length - 1 - (back % list.length)]
  return found ?? expect.fail('the list is empty')
}
const callsOf = ({ instances }: Real, instance: number, device: string) =>
  deviceOn(instances[instance] ?? expect.fail('no such instance'), device)

/** Sends codes, fresh ones or those of an earlier visit, perhaps to both instances at the same instant. */
function send(how: {
  deed: CodeProcedure
  person: PersonName
  /** How many visits ago the codes were tapped; undefined for fresh ones. */
  back: number | undefined
  device: string
  instance: number
  twice: boolean
  lost: LostResponse
}): Command {
  const { deed, device, instance, twice } = how
  return command(`send ${JSON.stringify(how)}`, async (model, real) => {
    const visit = chooseVisit(model, real, how)
    const lost = twice ? undefined : loseAnswer(real, visit, how)
    const expected = expectSend(model, { visit, deed, device, lost })
    const { code, phoneCode } = visit
    const ask = async (one: number) => {
      const { calls } = callsOf(real, one, device)
      if (deed === 'login') return await outcomeOf(calls.login.mutate({ code, phoneCode }))
      if (deed === 'resume') return await outcomeOf(calls.session.resume.mutate({ code }))
      return await outcomeOf(calls.session.prepare.mutate({ code }))
    }
    const outcomes = await Promise.all(twice ? [ask(0), ask(1)] : [ask(instance)])
    real.service.wechat.faults.clear()

    for (const outcome of outcomes) {
      if ('failure' in expected) {
        expect(outcome).toEqual({ failure: expected.failure })
        const procedure = deed === 'resume' ? 'session.resume' : deed
        recordAudit(model, 'refusal', expected.about, { failure: expected.failure, procedure })
        continue
      }
      if ('failure' in outcome) return expect.fail(`${outcome.failure} where an answer was due`)
      if ('prepared' in expected || !('token' in outcome.answer)) continue
      if ('begins' in expected && !visit.session)
        begin(model, visit, `${deed} ${device}`, device, outcome.answer)
      expect(outcome.answer).toMatchObject(pairOf(visit.session))
    }
  })
}

const pairOf = (session: ModelSession | undefined) => {
  const { token, refreshToken } = session?.pairs.at(-1) ?? expect.fail('no session began')
  return { token, refreshToken }
}

/** Codes older than an hour are not sent again: so long is it remembered that they were sent. */
function chooseVisit(
  model: Model,
  real: Real,
  { back, person }: { back: number | undefined; person: PersonName },
): LoginAttempt {
  const young = model.attempts.filter(({ tappedAt }) => model.now() - tappedAt < 55 * 60_000)
  if (back !== undefined && young.length > 0) return newest(young, back)
  const visit: LoginAttempt = {
    person,
    tappedAt: model.now(),
    ...codesOf(real.service.wechat.person(person)),
  }
  model.attempts.push(visit)
  return visit
}

/** Has WeChat's answer lost, where WeChat will be asked and its client's fuse will not open. */
function loseAnswer(
  real: Real,
  visit: LoginAttempt,
  { lost, instance, deed }: Parameters<typeof send>[0],
): LostResponse {
  const willBeAsked =
    lost === 'exchange' ? !visit.exchangeLoginCode : lost === 'phone' && deed === 'login' && !visit.phone
  const name = `${lost} ${instance}`
  const outages = real.outages.get(name) ?? 0
  if (lost === undefined || !willBeAsked || outages >= 3) return undefined
  real.outages.set(name, outages + 1)
  const endpoint = lost === 'exchange' ? 'jscode2session' : 'getuserphonenumber'
  real.service.wechat.faults.add({ kind: 'lost', endpoint })
  return lost
}

function begin(
  model: Model,
  visit: LoginAttempt,
  begunBy: string,
  device: string,
  answer: { token: string; refreshToken: string; isNew: boolean },
): void {
  const now = model.now()
  const { person } = visit
  expect(answer.isNew).toBe(!model.people[person].isKnown)
  model.people[person].isKnown = true
  const id = sessionIdOf(answer.token)
  visit.session = {
    person,
    startedBy,
    id,
    device,
    startedAt: now,
    rotatedAt: now,
    pairs: [pairAt(now, answer)],
  }
  model.sessions.push(visit.session)
  recordAudit(model, begunBy.startsWith('login') ? 'login' : 'resume', visit.session)
}

/** Shows a refresh token of some generation, perhaps to both instances at once. */
function renew(how: {
  back: number
  generationsBack: number
  device: string | undefined
  instance: number
  times: number
}): Command {
  return command(
    `renew ${JSON.stringify(how)}`,
    async (model, real) => {
      const session = newest(model.sessions, how.back)
      const generation = Math.max(0, session.pairs.length - 1 - how.generationsBack)
      const device = how.device ?? session.device
      const { refreshToken } = session.pairs[generation] ?? expect.fail('no such generation')
      const expected = expectRenewal(model, { session, generation, device })
      const outcomes = await Promise.all(
        Array.from({ length: how.times }, (_, turn) =>
          outcomeOf(
            callsOf(real, (how.instance + turn) % 2, device).calls.session.renew.mutate({ refreshToken }),
          ),
        ),
      )
      if (expected === 'rotates') {
        const [first] = outcomes
        if (!first || 'failure' in first) return expect.fail(`${first?.failure} where a pair was due`)
        session.pairs.push(pairAt(model.now(), first.answer))
        session.rotatedAt = model.now()
        session.device = device
        recordAudit(model, 'renew', session)
      }
      if (typeof expected === 'object' && expected.isReplay) {
        session.ended = 'replay'
        recordAudit(model, 'replay', session)
      }
      for (const outcome of outcomes) {
        if (typeof expected === 'string') {
          expect(outcome).toMatchObject({ answer: pairOf(session) })
        } else {
          expect(outcome).toEqual({ failure: expected.failure })
          recordAudit(model, 'refusal', session, { failure: expected.failure, procedure: 'session.renew' })
        }
      }
    },
    hasSession,
  )
}

/** Renews, loses the answer, and renews with the same token again, perhaps on a device that stole it. */
function loseRenewal(how: {
  back: number
  device: string | undefined
  instance: number
  pauseMs: number
}): Command {
  const { back, device, instance, pauseMs } = how
  return command(
    `lose the answer to a renewal ${JSON.stringify(how)}`,
    async (model, real) => {
      await renew({ back, instance, generationsBack: 0, device: undefined, times: 1 }).run(model, real)
      await wait(pauseMs).run(model, real)
      await renew({ back, instance, generationsBack: 1, device, times: 1 }).run(model, real)
    },
    hasSession,
  )
}

/** Does something with an access token, and checks first that the token is taken or refused as it must be. */
function withToken(
  text: string,
  how: { back: number; generationsBack: number; instance: number },
  deed: (on: { model: Model; session: ModelSession; calls: ReturnType<typeof callsOf>['calls'] }) => {
    call: Promise<unknown>
    done: (answer: unknown) => void
  },
): Command {
  return command(
    `${text} ${JSON.stringify(how)}`,
    async (model, real) => {
      const session = newest(model.sessions, how.back)
      const generation = Math.max(0, session.pairs.length - 1 - how.generationsBack)
      const failure = expectToken(model, session, generation)
      const calls = callsOf(real, how.instance, session.device).with(session.pairs[generation]?.token ?? '')
      const { call, done } = deed({ model, session, calls })
      const outcome = await outcomeOf(call)
      if (failure) expect(outcome).toEqual({ failure })
      else if ('failure' in outcome) expect.fail(`${outcome.failure} where an answer was due`)
      else done(outcome.answer)
    },
    hasSession,
  )
}

type Asking = { back: number; generationsBack: number; instance: number }

const me = (how: Asking) =>
  withToken('me', how, ({ calls }) => ({
    call: calls.me.query(),
    done: (answer) => expect(answer).toHaveProperty('nickName'),
  }))

const list = (how: Asking) =>
  withToken('list', how, ({ model, session, calls }) => ({
    call: calls.session.list.query(),
    done(answer) {
      const { sessions } = answer as Awaited<ReturnType<typeof calls.session.list.query>> // of this very call
      const live = model.sessions.filter((one) => one.person === session.person && isLive(model, one))
      expect(sessions.map(({ id }) => id).sort()).toEqual(live.map(({ id }) => id).sort())
      expect(sessions.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([session.id])
    },
  }))

/** Revokes some session, which may be another person's. */
const revoke = ({ target, ...how }: Asking & { target: number }) =>
  withToken(`revoke the session ${target} back`, how, ({ model, session, calls }) => {
    const chosen = newest(model.sessions, target)
    return {
      call: calls.session.revoke.mutate({ id: chosen.id }),
      done() {
        if (chosen.person !== session.person || chosen.ended) return
        chosen.ended = 'revoked'
        recordAudit(model, 'revoke', chosen)
      },
    }
  })

const logout = (how: Asking) =>
  withToken('logout', how, ({ model, session, calls }) => ({
    call: calls.session.logout.mutate(),
    done() {
      session.ended = 'logout'
      recordAudit(model, 'logout', session)
    },
  }))

const logoutEverywhere = (how: Asking) =>
  withToken('logout everywhere', how, ({ model, session, calls }) => ({
    call: calls.session.logoutEverywhere.mutate(),
    done() {
      for (const one of model.sessions)
        if (one.person === session.person && !one.ended) one.ended = 'logout-everywhere'
      recordAudit(model, 'logout-everywhere', session)
    },
  }))

/** The operator bans a member, closes the account or lets them in again. */
const setStatus = (person: PersonName, status: MemberStatus) =>
  command(
    `${person} is ${status}`,
    async (model, { service: { database, wechat } }) => {
      model.people[person].status = status
      await database.prisma.familyMember.updateMany({
        where: { openId: wechat.person(person).openId },
        data: {
          status: status === 'banned' ? 'banned' : 'active',
          deletedAt: status === 'closed' ? wechat.clock.now() : null,
        },
      })
    },
    ({ people }) => people[person].isKnown,
  )

const wait = (ms: number) =>
  command(`wait ${ms} ms`, async (_model, { service }) => service.wechat.clock.advance(ms))

const restart = (instance: number) =>
  command(`instance ${instance} starts again`, (_model, real) => real.restart(instance))

const instance = fc.nat(1)
const person = fc.constantFrom<PersonName>('alice', 'bob')
const phoneOrTablet = fc.constantFrom('phone', 'phone', 'phone', 'tablet')
const asking = { back: fc.nat(4), generationsBack: fc.nat(1), instance }
const second = 1_000
const day = 86_400 * second

const sending = fc
  .record({
    deed: fc.constantFrom<CodeProcedure>('login', 'login', 'resume', 'session.prepare'),
    person,
    back: fc.constantFrom(undefined, undefined, undefined, 0, 0, 1, 3),
    device: phoneOrTablet,
    instance,
    twice: fc.boolean(),
    lost: fc.constantFrom<LostResponse>(undefined, undefined, undefined, 'exchange', 'phone'),
  })
  .map(send)
const renewing = fc
  .record({
    back: fc.nat(4),
    generationsBack: fc.constantFrom(0, 0, 0, 1, 1, 2),
    device: fc.constantFrom(undefined, undefined, undefined, 'phone', 'tablet'),
    instance,
    times: fc.constantFrom(1, 1, 3),
  })
  .map(renew)

const losingAnswer = fc
  .record({
    back: fc.nat(2),
    device: fc.constantFrom(undefined, undefined, 'phone', 'tablet'),
    instance,
    pauseMs: fc.constantFrom(0, GRACE_MS, GRACE_MS + 1),
  })
  .map(loseRenewal)
const status = fc.constantFrom<MemberStatus>('banned', 'active', 'active', 'active', 'closed')
const pause = fc.constantFrom(
  second,
  second,
  second,
  30 * second,
  GRACE_MS,
  CODE_TTL_MS - 1,
  CODE_TTL_MS,
  900 * second,
  29 * day,
)

/** Everything that can happen, the frequent things several times. */
export const commands: fc.Arbitrary<Command>[] = [
  sending,
  sending,
  sending,
  sending,
  sending,
  sending,
  renewing,
  renewing,
  losingAnswer,
  losingAnswer,
  fc.record(asking).map(me),
  fc.record(asking).map(list),
  fc.record({ ...asking, target: fc.nat(4) }).map(revoke),
  fc.record({ ...asking, target: fc.nat(4) }).map(revoke),
  fc.record(asking).map(logout),
  fc.record(asking).map(logoutEverywhere),
  fc.tuple(person, status).map(([name, next]) => setStatus(name, next)),
  pause.map(wait),
  instance.map(restart),
]
