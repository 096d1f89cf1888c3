import { expect } from 'vitest'
import { device } from '../_device.ts'
import { expectToken, type Model, type PersonName, sessionFailure } from './_model.ts'
import { outcomeOf, type Real } from './_real.ts'

/** What holds after any history; docs/security.md names these five. */
export async function checkInvariants(model: Model, real: Real): Promise<void> {
  await oneRowPerOpenId(model, real)
  noCodeTwice(real)
  await auditIsComplete(model, real)
  await nobodyIsInWhoMayNot(model, real)
}

async function oneRowPerOpenId({ people }: Model, { service: { database, wechat } }: Real): Promise<void> {
  const rows = await database.prisma.familyMember.findMany({ select: { openId: true } })
  const known = (['alice', 'bob'] satisfies PersonName[]).filter((name) => people[name].isKnown)
  expect(rows).toHaveLength(known.length)
  expect(new Set(rows.map(({ openId }) => openId))).toEqual(
    new Set(known.map((name) => wechat.person(name).openId)),
  )
}

function noCodeTwice({ sent }: Real): void {
  expect([...sent.values()].filter((times) => times > 1)).toEqual([])
}

/** Each deed left its event, in order, and no event holds what an event must not. */
async function auditIsComplete(model: Model, { service: { database, wechat } }: Real): Promise<void> {
  const rows = await database.prisma.loginEvent.findMany({ orderBy: { id: 'asc' } })
  const members = await database.prisma.familyMember.findMany()
  const openIdOf = new Map(members.map(({ id, openId }) => [id, openId]))
  const nameOf = (id: bigint | null) =>
    (['alice', 'bob'] satisfies PersonName[]).find(
      (name) => wechat.person(name).openId === openIdOf.get(id ?? 0n),
    )
  expect(
    rows.map(({ kind, failure, procedure, memberId, sessionId }) => ({
      kind,
      failure,
      procedure,
      person: nameOf(memberId) ?? null,
      sessionId,
    })),
  ).toEqual(model.audit)

  const text = JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
  const secrets = [
    ...model.attempts.flatMap(({ code, phoneCode }) => [code, phoneCode]),
    ...model.sessions.flatMap(({ pairs }) =>
      pairs.flatMap(({ token, refreshToken }) => [token, refreshToken]),
    ),
    ...wechat.people.flatMap(({ openId, phones }) => [
      openId,
      ...phones.map((phone) => phone.purePhoneNumber),
    ]),
    '127.0.0.1',
  ]
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
}

/** No access after a ban, none to what has ended, and no live session after a replay. */
async function nobodyIsInWhoMayNot(model: Model, { instances }: Real): Promise<void> {
  for (const session of model.sessions) {
    const [here, there] = instances.map((instance) => device(instance, session.device))
    const { token = '', refreshToken = '' } = session.pairs.at(-1) ?? {}
    const failure = expectToken(model, session, session.pairs.length - 1)
    expect(await outcomeOf(here?.with(token).me.query() ?? expect.fail())).toEqual(
      failure ? { failure } : { answer: expect.anything() },
    )
    const renewal = await outcomeOf(there?.calls.session.renew.mutate({ refreshToken }) ?? expect.fail())
    const refusal = sessionFailure(model, session)
    expect(renewal).toEqual(refusal ? { failure: refusal } : { answer: expect.anything() })
    if (session.ended === 'replay' || model.people[session.person].status !== 'active')
      expect(renewal).toHaveProperty('failure')
  }
}
