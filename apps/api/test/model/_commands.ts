import fc, { type AsyncCommand } from 'fast-check'
import { expect } from 'vitest'
import { codesOf, device as deviceOf } from '../_device.ts'
import {
  type AccountStatus,
  CODE_VALIDITY_MS,
  type CodeProcedure,
  expectAuditRow,
  expectRenewal,
  expectSend,
  expectToken,
  GRACE_MS,
  isActive,
  issuedPair,
  type LoginAttempt,
  type LostResponse,
  type Model,
  type ModelSession,
  type PersonName,
} from './_model.ts'
import { type Real, resultOf, sessionIdOf } from './_real.ts'

type Command = AsyncCommand<Model, Real>

const SECOND_MS = 1_000
const DAY_MS = 86_400 * SECOND_MS
/** The API remembers for an hour that a code was sent. */
const OLDEST_RESENT_MS = 55 * 60_000
/** Five consecutive outages would open the circuit breaker. */
const MAX_OUTAGES = 3

/** A command that prints its text in a counterexample. */
function command(
  text: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command {
  return { check, run, toString: () => text }
}

const hasSession = ({ sessions }: Readonly<Model>) => sessions.length > 0
const fromNewest = <T>(list: readonly T[], back: number): T => {
  const found = list[list.length - 1 - (back % list.length)]
  return found ?? expect.fail('the list is empty')
}
const deviceOn = ({ instances }: Real, instance: number, device: string) =>
  deviceOf(instances[instance] ?? expect.fail('no such instance'), device)

/** Sends fresh codes or those of an earlier attempt, perhaps to both instances at once. */
function send(options: {
  procedure: CodeProcedure
  person: PersonName
  /** Which attempt's codes, counted from the newest; undefined for fresh ones. */
  back: number | undefined
  device: string
  instance: number
  twice: boolean
  lost: LostResponse
}): Command {
  const { procedure, device, instance, twice } = options
  return command(`send ${JSON.stringify(options)}`, async (model, real) => {
    const attempt = chooseAttempt(model, real, options)
    const lost = twice ? undefined : loseResponse(real, attempt, options)
    const expected = expectSend(model, { attempt, procedure, device, lost })
    const { code, phoneCode } = attempt
    const callInstance = async (index: number) => {
      const { calls } = deviceOn(real, index, device)
      if (procedure === 'login') return await resultOf(calls.login.mutate({ code, phoneCode }))
      if (procedure === 'resume') return await resultOf(calls.session.resume.mutate({ code }))
      return await resultOf(calls.session.prepare.mutate({ code }))
    }
    const results = await Promise.all(twice ? [callInstance(0), callInstance(1)] : [callInstance(instance)])
    real.service.wechat.faults.clear()

    for (const result of results) {
      if ('failure' in expected) {
        expect(result).toEqual({ failure: expected.failure })
        const path = procedure === 'resume' ? 'session.resume' : procedure
        expectAuditRow(model, 'refusal', expected.about, { failure: expected.failure, procedure: path })
        continue
      }
      if ('failure' in result) return expect.fail(`${result.failure} where a success was expected`)
      if ('prepared' in expected || !('token' in result.output)) continue
      if ('startsSession' in expected && !attempt.session)
        addSession(model, attempt, { procedure, device, output: result.output })
      expect(result.output).toMatchObject(currentPair(attempt.session))
    }
  })
}

const currentPair = (session: ModelSession | undefined) => {
  const { token, refreshToken } = session?.pairs.at(-1) ?? expect.fail('the attempt has no session')
  return { token, refreshToken }
}

function chooseAttempt(
  model: Model,
  real: Real,
  { back, person }: { back: number | undefined; person: PersonName },
): LoginAttempt {
  const recent = model.attempts.filter(({ tappedAt }) => model.now() - tappedAt < OLDEST_RESENT_MS)
  if (back !== undefined && recent.length > 0) return fromNewest(recent, back)
  const attempt: LoginAttempt = {
    person,
    tappedAt: model.now(),
    ...codesOf(real.service.wechat.person(person)),
  }
  model.attempts.push(attempt)
  return attempt
}

/** Makes WeChat's response get lost, where a request is due and the circuit breaker stays closed. */
function loseResponse(
  real: Real,
  attempt: LoginAttempt,
  { lost, instance, procedure }: Parameters<typeof send>[0],
): LostResponse {
  const isRequestDue =
    lost === 'login-code'
      ? !attempt.loginCodeExchange
      : lost === 'phone-code' && procedure === 'login' && !attempt.phoneCodeExchange
  const name = `${lost} ${instance}`
  const outages = real.outages.get(name) ?? 0
  if (lost === undefined || !isRequestDue || outages >= MAX_OUTAGES) return undefined
  real.outages.set(name, outages + 1)
  const endpoint = lost === 'login-code' ? 'jscode2session' : 'getuserphonenumber'
  real.service.wechat.faults.add({ kind: 'lost', endpoint })
  return lost
}

function addSession(
  model: Model,
  attempt: LoginAttempt,
  login: {
    procedure: 'login' | 'resume' | 'session.prepare'
    device: string
    output: { token: string; refreshToken: string; isNew: boolean }
  },
): void {
  const { procedure, device, output } = login
  const now = model.now()
  const { person } = attempt
  expect(output.isNew).toBe(!model.people[person].isKnown)
  model.people[person].isKnown = true
  attempt.session = {
    person,
    startedBy: `${procedure} ${device}`,
    id: sessionIdOf(output.token),
    device,
    startedAt: now,
    rotatedAt: now,
    pairs: [issuedPair(now, output)],
  }
  model.sessions.push(attempt.session)
  expectAuditRow(model, procedure, attempt.session)
}

/** Renews with a refresh token of some generation, perhaps at both instances at once. */
function renew(options: {
  back: number
  generationsBack: number
  device: string | undefined
  instance: number
  times: number
}): Command {
  return command(
    `renew ${JSON.stringify(options)}`,
    async (model, real) => {
      const session = fromNewest(model.sessions, options.back)
      const generation = Math.max(0, session.pairs.length - 1 - options.generationsBack)
      const device = options.device ?? session.device
      const { refreshToken } = session.pairs[generation] ?? expect.fail('no such generation')
      const expected = expectRenewal(model, { session, generation, device })
      const results = await Promise.all(
        Array.from({ length: options.times }, (_, index) =>
          resultOf(
            deviceOn(real, (options.instance + index) % 2, device).calls.session.renew.mutate({
              refreshToken,
            }),
          ),
        ),
      )
      if (expected === 'rotates') {
        const [first] = results
        if (!first || 'failure' in first)
          return expect.fail(`${first?.failure} where a new pair was expected`)
        session.pairs.push(issuedPair(model.now(), first.output))
        session.rotatedAt = model.now()
        session.device = device
        expectAuditRow(model, 'renew', session)
      }
      if (typeof expected === 'object' && expected.isReplay) {
        session.endReason = 'replay'
        expectAuditRow(model, 'replay', session)
      }
      for (const result of results) {
        if (typeof expected === 'string') {
          expect(result).toMatchObject({ output: currentPair(session) })
        } else {
          expect(result).toEqual({ failure: expected.failure })
          expectAuditRow(model, 'refusal', session, {
            failure: expected.failure,
            procedure: 'session.renew',
          })
        }
      }
    },
    hasSession,
  )
}

/** Renews twice with one token, as after a lost response, perhaps from a device that stole the token. */
function renewAgain(options: {
  back: number
  device: string | undefined
  instance: number
  pauseMs: number
}): Command {
  const { back, device, instance, pauseMs } = options
  return command(
    `renew again ${JSON.stringify(options)}`,
    async (model, real) => {
      await renew({ back, instance, generationsBack: 0, device: undefined, times: 1 }).run(model, real)
      await wait(pauseMs).run(model, real)
      await renew({ back, instance, generationsBack: 1, device, times: 1 }).run(model, real)
    },
    hasSession,
  )
}

type TokenOptions = { back: number; generationsBack: number; instance: number }

/** Calls a procedure with an access token that the API must accept or refuse as the model expects. */
function callWithToken(
  text: string,
  options: TokenOptions,
  createCall: (on: { model: Model; session: ModelSession; calls: ReturnType<typeof deviceOn>['calls'] }) => {
    call: Promise<unknown>
    onSuccess: (output: unknown) => void
  },
): Command {
  return command(
    `${text} ${JSON.stringify(options)}`,
    async (model, real) => {
      const session = fromNewest(model.sessions, options.back)
      const generation = Math.max(0, session.pairs.length - 1 - options.generationsBack)
      const failure = expectToken(model, session, generation)
      const device = deviceOn(real, options.instance, session.device)
      const calls = device.with(session.pairs[generation]?.token ?? '')
      const { call, onSuccess } = createCall({ model, session, calls })
      const result = await resultOf(call)
      if (failure) expect(result).toEqual({ failure })
      else if ('failure' in result) expect.fail(`${result.failure} where a success was expected`)
      else onSuccess(result.output)
    },
    hasSession,
  )
}

const me = (options: TokenOptions) =>
  callWithToken('me', options, ({ calls }) => ({
    call: calls.me.query(),
    onSuccess: (output) => expect(output).toHaveProperty('nickName'),
  }))

const list = (options: TokenOptions) =>
  callWithToken('list', options, ({ model, session, calls }) => ({
    call: calls.session.list.query(),
    onSuccess(output) {
      const { sessions } = output as Awaited<ReturnType<typeof calls.session.list.query>> // the output of `call`
      const active = model.sessions.filter((one) => one.person === session.person && isActive(model, one))
      expect(sessions.map(({ id }) => id).sort()).toEqual(active.map(({ id }) => id).sort())
      expect(sessions.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([session.id])
    },
  }))

/** Revokes a session that may belong to another person. */
const revoke = ({ target, ...options }: TokenOptions & { target: number }) =>
  callWithToken(`revoke the session ${target} back`, options, ({ model, session, calls }) => {
    const chosen = fromNewest(model.sessions, target)
    return {
      call: calls.session.revoke.mutate({ id: chosen.id }),
      onSuccess() {
        if (chosen.person !== session.person || chosen.endReason) return
        chosen.endReason = 'revoked'
        expectAuditRow(model, 'revoke', chosen)
      },
    }
  })

const logout = (options: TokenOptions) =>
  callWithToken('logout', options, ({ model, session, calls }) => ({
    call: calls.session.logout.mutate(),
    onSuccess() {
      session.endReason = 'logout'
      expectAuditRow(model, 'logout', session)
    },
  }))

const logoutEverywhere = (options: TokenOptions) =>
  callWithToken('logout everywhere', options, ({ model, session, calls }) => ({
    call: calls.session.logoutEverywhere.mutate(),
    onSuccess() {
      for (const one of model.sessions)
        if (one.person === session.person && !one.endReason) one.endReason = 'logout-everywhere'
      expectAuditRow(model, 'logout-everywhere', session)
    },
  }))

/** The operator bans a member, closes the account or reactivates it. */
const setStatus = (person: PersonName, status: AccountStatus) =>
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
  command(`restart instance ${instance}`, (_model, real) => real.restart(instance))

const instance = fc.nat(1)
const person = fc.constantFrom<PersonName>('alice', 'bob')
const tokenOptions = { back: fc.nat(4), generationsBack: fc.nat(1), instance }

const sends = fc
  .record({
    procedure: fc.constantFrom<CodeProcedure>('login', 'login', 'resume', 'session.prepare'),
    person,
    back: fc.constantFrom(undefined, undefined, undefined, 0, 0, 1, 3),
    device: fc.constantFrom('phone', 'phone', 'phone', 'tablet'),
    instance,
    twice: fc.boolean(),
    lost: fc.constantFrom<LostResponse>(undefined, undefined, undefined, 'login-code', 'phone-code'),
  })
  .map(send)
const renewals = fc
  .record({
    back: fc.nat(4),
    generationsBack: fc.constantFrom(0, 0, 0, 1, 1, 2),
    device: fc.constantFrom(undefined, undefined, undefined, 'phone', 'tablet'),
    instance,
    times: fc.constantFrom(1, 1, 3),
  })
  .map(renew)
const repeatedRenewals = fc
  .record({
    back: fc.nat(2),
    device: fc.constantFrom(undefined, undefined, 'phone', 'tablet'),
    instance,
    pauseMs: fc.constantFrom(0, GRACE_MS, GRACE_MS + 1),
  })
  .map(renewAgain)
const status = fc.constantFrom<AccountStatus>('banned', 'active', 'active', 'active', 'closed')
const pause = fc.constantFrom(
  SECOND_MS,
  SECOND_MS,
  SECOND_MS,
  30 * SECOND_MS,
  GRACE_MS,
  CODE_VALIDITY_MS - 1,
  CODE_VALIDITY_MS,
  900 * SECOND_MS,
  29 * DAY_MS,
)

/** All commands, the frequent ones several times. */
export const commands: fc.Arbitrary<Command>[] = [
  sends,
  sends,
  sends,
  sends,
  sends,
  sends,
  renewals,
  renewals,
  repeatedRenewals,
  repeatedRenewals,
  fc.record(tokenOptions).map(me),
  fc.record(tokenOptions).map(list),
  fc.record({ ...tokenOptions, target: fc.nat(4) }).map(revoke),
  fc.record({ ...tokenOptions, target: fc.nat(4) }).map(revoke),
  fc.record(tokenOptions).map(logout),
  fc.record(tokenOptions).map(logoutEverywhere),
  fc.tuple(person, status).map(([name, next]) => setStatus(name, next)),
  pause.map(wait),
  instance.map(restart),
]
