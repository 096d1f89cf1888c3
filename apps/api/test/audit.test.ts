import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPrismaAuditLog } from '../src/audit/prisma-audit-log.ts'
import { createAuditRetention } from '../src/audit/retention.ts'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const DAY_MS = 86_400_000

describe.each(backends)('the audit on $name', (backend) => {
  let service: TestService
  let api: RunningApi
  const alice = () => service.wechat.person('alice')
  const phone = () => device(api, 'phone', '奶奶的手机')
  const events = () => service.database.prisma.loginEvent.findMany({ orderBy: { id: 'asc' } })
  const kinds = async () => (await events()).map(({ kind }) => kind)

  beforeAll(async () => {
    service = await backend.open()
    api = await service.start()
  })
  beforeEach(() => truncate(service))
  afterAll(() => service[Symbol.asyncDispose]())

  test('a login writes one event with member, session, time and address hash', async () => {
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

  const actions: Record<string, { expectedKinds: string[]; act: () => Promise<unknown> }> = {
    'a login sent five times': {
      expectedKinds: ['login'],
      async act() {
        const codes = codesOf(alice())
        await Promise.all(Array.from({ length: 5 }, () => phone().calls.login.mutate(codes)))
      },
    },
    'a prepared login code': {
      expectedKinds: [],
      act: () => phone().calls.session.prepare.mutate({ code: alice().tapsLogin() }),
    },
    'a login with invalid input': {
      expectedKinds: [],
      act: () => failureOf(phone().calls.login.mutate({ ...codesOf(alice()), code: '' })),
    },
    'a resumption': {
      expectedKinds: ['login', 'resume'],
      async act() {
        await phone().login(alice())
        await phone().calls.session.resume.mutate({ code: alice().tapsLogin() })
      },
    },
    'a renewal sent twice': {
      expectedKinds: ['login', 'renew'],
      async act() {
        const { refreshToken } = await phone().login(alice())
        await phone().calls.session.renew.mutate({ refreshToken })
        await phone().calls.session.renew.mutate({ refreshToken })
      },
    },
    'reading the member and the sessions': {
      expectedKinds: ['login'],
      async act() {
        const { token } = await phone().login(alice())
        await phone().with(token).me.query()
        await phone().with(token).session.list.query()
      },
    },
    'a logout': {
      expectedKinds: ['login', 'logout'],
      async act() {
        const { token } = await phone().login(alice())
        await phone().with(token).session.logout.mutate()
        await failureOf(phone().with(token).session.logout.mutate())
      },
    },
    'a logout everywhere': {
      expectedKinds: ['login', 'login', 'logout-everywhere'],
      async act() {
        await device(api, 'tablet').login(alice())
        const { token } = await phone().login(alice())
        await phone().with(token).session.logoutEverywhere.mutate()
      },
    },
    'a revocation of its own session, sent twice': {
      expectedKinds: ['login', 'revoke'],
      async act() {
        const { token } = await phone().login(alice())
        const { sessions } = await phone().with(token).session.list.query()
        const id = sessions[0]?.id ?? ''
        await phone().with(token).session.revoke.mutate({ id })
        await failureOf(phone().with(token).session.revoke.mutate({ id }))
      },
    },
  }

  test.each(Object.entries(actions))(
    '%s writes each of its events once',
    async (_name, { act, expectedKinds }) => {
      await act()
      expect(await kinds()).toEqual(expectedKinds)
    },
  )

  test('a refusal is written with its failure, procedure, member and session', async () => {
    const { member, refreshToken, token } = await phone().login(alice())
    const { id: sessionId } = await service.database.prisma.loginSession.findFirstOrThrow()
    await phone().with(token).session.logout.mutate()
    await failureOf(phone().calls.session.renew.mutate({ refreshToken }))
    await failureOf(phone().calls.session.renew.mutate({ refreshToken: 'A'.repeat(70) }))
    await failureOf(phone().calls.session.resume.mutate({ code: service.wechat.person('bob').tapsLogin() }))
    await service.database.prisma.familyMember.updateMany({ data: { status: 'banned' } })
    await failureOf(phone().login(alice()))
    const unknown = { memberId: null, sessionId: null }
    const memberId = BigInt(member.id)
    expect((await events()).slice(2)).toMatchObject([
      { kind: 'refusal', procedure: 'session.renew', failure: 'SESSION_ENDED', memberId, sessionId },
      { kind: 'refusal', procedure: 'session.renew', failure: 'REFRESH_TOKEN_INVALID', ...unknown },
      { kind: 'refusal', procedure: 'session.resume', failure: 'MEMBER_UNKNOWN', ...unknown },
      { kind: 'refusal', procedure: 'login', failure: 'MEMBER_BANNED', memberId, sessionId: null },
    ])
  })

  test('a refusal by WeChat is written with its rid', async () => {
    const codes = { ...codesOf(alice()), phoneCode: service.wechat.person('bob').allowsPhone() }
    await failureOf(phone().calls.login.mutate(codes))
    const { rid } = service.wechat.calls.at(-1) ?? expect.fail('WeChat received no request')
    expect(await events()).toMatchObject([{ failure: 'PHONE_CODE_OF_ANOTHER', rid }])
  })

  test('the database holds no code, token or address in clear text, and the audit no personal data', async () => {
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
    const [audit = '', ...others] = rows.map((table) =>
      JSON.stringify(table, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    )
    const secrets = [...Object.values(codes), token, refreshToken, renewed.token, renewed.refreshToken]
    secrets.push(refreshToken.slice(-43), '127.0.0.1')
    for (const table of [audit, ...others])
      expect(secrets.filter((secret) => table.includes(secret))).toEqual([])
    const { openId, phones } = alice()
    const personal = [openId, ...phones.map(({ purePhoneNumber }) => purePhoneNumber), '奶奶的手机']
    expect(personal.filter((text) => audit.includes(text))).toEqual([])
  })

  test('a login that is rolled back writes no login event', async () => {
    const { prisma } = service.database
    await prisma.$executeRawUnsafe(
      `ALTER TABLE login_event ADD CONSTRAINT no_login CHECK (kind <> 'login') NOT VALID`,
    )
    expect(await failureOf(phone().login(alice()))).toBe('INTERNAL')
    await prisma.$executeRawUnsafe('ALTER TABLE login_event DROP CONSTRAINT no_login')
    expect(await kinds()).toEqual([])
    expect(await prisma.loginSession.count()).toBe(0)
    expect(await prisma.familyMember.count()).toBe(0)
  })

  test('events are purged a millisecond after the retention period, and not before', async () => {
    const { prisma } = service.database
    const audit = createPrismaAuditLog(prisma)
    const clock = () => service.wechat.clock.now()
    for (const ageMs of [181 * DAY_MS, 180 * DAY_MS + 1, 180 * DAY_MS, 1])
      await audit.record({ at: new Date(clock().getTime() - ageMs), kind: 'login', requestId: `${ageMs}` })
    const failed = vi.fn()
    {
      await using retention = createAuditRetention({ audit, days: 180, clock, onError: failed })
      retention.start()
    }
    expect((await events()).map(({ requestId }) => requestId)).toEqual([`${180 * DAY_MS}`, '1'])
    expect(failed).not.toHaveBeenCalled()
  })

  test('a started instance purges with AUDIT_RETENTION_DAYS', async () => {
    await phone().login(alice())
    service.wechat.clock.advance(2 * DAY_MS)
    await using second = await service.start({ AUDIT_RETENTION_DAYS: '1' })
    await expect.poll(kinds).toEqual([])
    expect(second.url).not.toBe(api.url)
  })
})

describe('the retention job', () => {
  test('the retention job purges at once and every hour, also after a failure, until it is disposed of', async () => {
    vi.useFakeTimers()
    try {
      const limits: Date[] = []
      const failed = vi.fn()
      const retention = createAuditRetention({
        audit: {
          async purge(limit) {
            limits.push(limit)
            if (limits.length === 2) throw new Error('the database is unreachable')
            return 0
          },
        },
        days: 1,
        clock: () => new Date('2026-05-04T00:00:00Z'),
        onError: failed,
      })
      retention.start()
      await vi.advanceTimersByTimeAsync(2 * 3_600_000)
      expect(limits).toEqual(Array.from({ length: 3 }, () => new Date('2026-05-03T00:00:00Z')))
      expect(failed).toHaveBeenCalledTimes(1)
      await retention[Symbol.asyncDispose]()
      await vi.advanceTimersByTimeAsync(3_600_000)
      expect(limits).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })
})
