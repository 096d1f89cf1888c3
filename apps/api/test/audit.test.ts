import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPrismaAuditLog } from '../src/audit/prisma-audit-log.ts'
import { createAuditRetention } from '../src/audit/retention.ts'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const dayMs = 86_400_000

describe.each(backends)('the audit on $name', (ground) => {
  let service: TestService
  let api: RunningApi
  const alice = () => service.wechat.person('alice')
  const phone = () => device(api, 'phone', '奶奶的手机')
  const events = () => service.database.prisma.loginEvent.findMany({ orderBy: { id: 'asc' } })
  const kinds = async () => (await events()).map(({ kind }) => kind)

  beforeAll(async () => {
    service = await ground.open()
    api = await service.start()
  })
  beforeEach(() => truncate(service))
  afterAll(() => service[Symbol.asyncDispose]())

  test('a login is one event: who, which session, when, from where', async () => {
    const { member } = await phone().login(alice())
    const session = await service.database.prisma.loginSession.findFirstOrThrow()
    expect(await events()).toEqual([
      {
        id: expect.any(BigInt),
        at: service.wechat.clock.now(),
        kind: 'login',
        memberId: BigInt(member.id),
        sessionId: session.id,
        procedure: null,
        failure: null,
        rid: null,
        addressHash: expect.stringMatching(/^[\w-]{43}$/),
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      },
    ])
  })

  const deeds: Record<string, { told: string[]; deed: () => Promise<unknown> }> = {
    'a login sent five times': {
      told: ['login'],
      async deed() {
        const codes = codesOf(alice())
        await Promise.all(Array.from({ length: 5 }, () => phone().calls.login.mutate(codes)))
      },
    },
    'a preparation': {
      told: [],
      deed: () => phone().calls.session.prepare.mutate({ code: alice().tapsLogin() }),
    },
    'a resumption': {
      told: ['login', 'resume'],
      async deed() {
        await phone().login(alice())
        await phone().calls.session.resume.mutate({ code: alice().tapsLogin() })
      },
    },
    'a renewal and its lost answer': {
      told: ['login', 'renew'],
      async deed() {
        const { refreshToken } = await phone().login(alice())
        await phone().calls.session.renew.mutate({ refreshToken })
        await phone().calls.session.renew.mutate({ refreshToken })
      },
    },
    'a look at oneself and at the sessions': {
      told: ['login'],
      async deed() {
        const { token } = await phone().login(alice())
        await phone().with(token).me.query()
        await phone().with(token).session.list.query()
      },
    },
    'a logout': {
      told: ['login', 'logout'],
      async deed() {
        const { token } = await phone().login(alice())
        await phone().with(token).session.logout.mutate()
        await failureOf(phone().with(token).session.logout.mutate())
      },
    },
    'a logout everywhere': {
      told: ['login', 'login', 'logout-everywhere'],
      async deed() {
        await device(api, 'tablet').login(alice())
        const { token } = await phone().login(alice())
        await phone().with(token).session.logoutEverywhere.mutate()
      },
    },
    'a revocation of oneself, twice': {
      told: ['login', 'revoke'],
      async deed() {
        const { token } = await phone().login(alice())
        const { sessions } = await phone().with(token).session.list.query()
        const id = sessions[0]?.id ?? ''
        await phone().with(token).session.revoke.mutate({ id })
        await failureOf(phone().with(token).session.revoke.mutate({ id }))
      },
    },
  }

  test.each(Object.entries(deeds))(
    '%s leaves the events it should and no more',
    async (_name, { deed, told }) => {
      await deed()
      expect(await kinds()).toEqual(told)
    },
  )

  test('a refusal is told with its failure, its procedure, and whom and which session it is about', async () => {
    const { member, refreshToken, token } = await phone().login(alice())
    const { id: sessionId } = await service.database.prisma.loginSession.findFirstOrThrow()
    await phone().with(token).session.logout.mutate()
    await failureOf(phone().calls.session.renew.mutate({ refreshToken }))
    await failureOf(phone().calls.session.renew.mutate({ refreshToken: 'A'.repeat(70) }))
    await failureOf(phone().calls.session.resume.mutate({ code: service.wechat.person('bob').tapsLogin() }))
    await service.database.prisma.familyMember.updateMany({ data: { status: 'banned' } })
    await failureOf(phone().login(alice()))
    const nobody = { memberId: null, sessionId: null }
    const memberId = BigInt(member.id)
    expect((await events()).slice(2)).toMatchObject([
      { kind: 'refusal', procedure: 'session.renew', failure: 'SESSION_ENDED', memberId, sessionId },
      { kind: 'refusal', procedure: 'session.renew', failure: 'REFRESH_TOKEN_INVALID', ...nobody },
      { kind: 'refusal', procedure: 'session.resume', failure: 'MEMBER_UNKNOWN', ...nobody },
      { kind: 'refusal', procedure: 'login', failure: 'MEMBER_BANNED', memberId, sessionId: null },
    ])
  })

  test("a refusal of WeChat's is told with its rid", async () => {
    const codes = { ...codesOf(alice()), phoneCode: service.wechat.person('bob').allowsPhone() }
    await failureOf(phone().calls.login.mutate(codes))
    const { rid } = service.wechat.calls.at(-1) ?? expect.fail('WeChat was not asked')
    expect(await events()).toMatchObject([{ failure: 'PHONE_CODE_OF_ANOTHER', rid }])
  })

  test('what the database holds has no code, token or address in clear, and the audit no person either', async () => {
    const codes = codesOf(alice())
    const { token, refreshToken } = await phone().calls.login.mutate(codes)
    const renewed = await phone().calls.session.renew.mutate({ refreshToken })
    await failureOf(device(api, 'thief').calls.login.mutate(codes))
    const { prisma } = service.database
    const rows = [
      await prisma.loginEvent.findMany(),
      await prisma.loginSession.findMany(),
      await prisma.familyMember.findMany(),
    ]
    const [told = '', ...kept] = rows.map((table) =>
      JSON.stringify(table, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    )
    const secrets = [...Object.values(codes), token, refreshToken, renewed.token, renewed.refreshToken]
    secrets.push(refreshToken.slice(-43), '127.0.0.1')
    for (const table of [told, ...kept]) expect(secrets.filter((one) => table.includes(one))).toEqual([])
    const { openId, phones } = alice()
    const personal = [openId, ...phones.map(({ purePhoneNumber }) => purePhoneNumber), '奶奶的手机']
    expect(personal.filter((one) => told.includes(one))).toEqual([])
  })

  test('a login that the database takes back leaves no event of a login', async () => {
    const { prisma } = service.database
    await prisma.$executeRawUnsafe(
      `ALTER TABLE login_event ADD CONSTRAINT no_room CHECK (kind <> 'login') NOT VALID`,
    )
    expect(await failureOf(phone().login(alice()))).toBe('INTERNAL')
    await prisma.$executeRawUnsafe('ALTER TABLE login_event DROP CONSTRAINT no_room')
    expect(await kinds()).toEqual([])
    expect(await prisma.loginSession.count()).toBe(0)
    expect(await prisma.familyMember.count()).toBe(0)
  })

  test('events older than the retention go, to the millisecond; younger ones stay', async () => {
    const { prisma } = service.database
    const audit = createPrismaAuditLog(prisma)
    const clock = () => service.wechat.clock.now()
    for (const ageMs of [181 * dayMs, 180 * dayMs + 1, 180 * dayMs, 1])
      await audit.record({ at: new Date(clock().getTime() - ageMs), kind: 'login', requestId: `${ageMs}` })
    const failed = vi.fn()
    {
      await using retention = createAuditRetention({ audit, days: 180, clock, onError: failed })
      retention.start()
    }
    expect((await events()).map(({ requestId }) => requestId)).toEqual([`${180 * dayMs}`, '1'])
    expect(failed).not.toHaveBeenCalled()
  })

  test('a started instance keeps the retention of its settings', async () => {
    await phone().login(alice())
    service.wechat.clock.advance(2 * dayMs)
    await using young = await service.start({ AUDIT_RETENTION_DAYS: '1' })
    await vi.waitFor(async () => expect(await kinds()).toEqual([]))
    expect(young.url).not.toBe(api.url)
  })
})

describe('the job that keeps the retention', () => {
  test('purges at once and every hour, goes on after a failure, and ends when it is disposed of', async () => {
    vi.useFakeTimers()
    try {
      const before: Date[] = []
      const failed = vi.fn()
      const retention = createAuditRetention({
        audit: {
          async purge(limit) {
            before.push(limit)
            if (before.length === 2) throw new Error('the database is away')
            return 0
          },
        },
        days: 1,
        clock: () => new Date('2026-05-04T00:00:00Z'),
        onError: failed,
      })
      retention.start()
      await vi.advanceTimersByTimeAsync(2 * 3_600_000)
      expect(before).toEqual(Array.from({ length: 3 }, () => new Date('2026-05-03T00:00:00Z')))
      expect(failed).toHaveBeenCalledTimes(1)
      await retention[Symbol.asyncDispose]()
      await vi.advanceTimersByTimeAsync(3_600_000)
      expect(before).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })
})
