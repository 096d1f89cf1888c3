import { expect } from 'vitest'
import { device } from '../_device.ts'
import { expectToken, type Model, type PersonName, sessionFailure } from './_model.ts'
import { type Real, resultOf } from './_real.ts'

const names = ['alice', 'bob'] satisfies PersonName[]

/** The five invariants of docs/security.md, which hold after any history. */
export async function checkInvariants(model: Model, real: Real): Promise<void> {
  await oneRowPerOpenId(model, real)
  noCodeSentTwice(real)
  await auditIsComplete(model, real)
  await accessMatchesModel(model, real)
}

async function oneRowPerOpenId({ people }: Model, { service: { database, wechat } }: Real): Promise<void> {
  const rows = await database.prisma.familyMember.findMany({ select: { openId: true } })
  const known = names.filter((name) => people[name].isKnown)
  expect(rows).toHaveLength(known.length)
  expect(new Set(rows.map(({ openId }) => openId))).toEqual(
    new Set(known.map((name) => wechat.person(name).openId)),
  )
}

function noCodeSentTwice({ sent }: Real): void {
  expect([...sent.values()].filter((times) => times > 1)).toEqual([])
}

/** Each call has written its row, in order, and no row holds a secret or personal data. */
async function auditIsComplete(model: Model, { service: { database, wechat } }: Real): Promise<void> {
  const rows = await database.prisma.loginEvent.findMany({ orderBy: { id: 'asc' } })
  const members = await database.prisma.familyMember.findMany()
  const openIds = new Map(members.map(({ id, openId }) => [id, openId]))
  const nameOf = (id: bigint | null) =>
    names.find((name) => wechat.person(name).openId === openIds.get(id ?? 0n))
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

/** No access after a ban or the end of a session, and no active session after a replay. */
async function accessMatchesModel(model: Model, { instances }: Real): Promise<void> {
  for (const session of model.sessions) {
    const [first, second] = instances.map((instance) => device(instance, session.device))
    const { token = '', refreshToken = '' } = session.pairs.at(-1) ?? {}
    const failure = expectToken(model, session, session.pairs.length - 1)
    expect(await resultOf(first?.with(token).me.query() ?? expect.fail())).toEqual(
      failure ? { failure } : { output: expect.anything() },
    )
    const renewal = await resultOf(second?.calls.session.renew.mutate({ refreshToken }) ?? expect.fail())
    const refusal = sessionFailure(model, session)
    expect(renewal).toEqual(refusal ? { failure: refusal } : { output: expect.anything() })
    if (session.endReason === 'replay' || model.people[session.person].status !== 'active')
      expect(renewal).toHaveProperty('failure')
  }
}
