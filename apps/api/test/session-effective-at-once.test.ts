import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device, type TestDevice } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

/** What alice holds, and all that she could still come in with. */
interface Held {
  memberId: bigint
  phone: TestDevice
  token: string
  refreshToken: string
  lostRefreshToken: string
  loginCodes: { code: string; phoneCode: string }
  resumeCode: string
  resumed: { token: string; refreshToken: string }
  preparedCode: string
}

type Entry = (service: TestService, held: Held) => (phone: TestDevice) => Promise<unknown>

/** Ways in with what was handed out before. */
const oldWays: Record<string, Entry> = {
  'a live access token':
    (_, { token }) =>
    (phone) =>
      phone.with(token).me.query(),
  'a list of sessions':
    (_, { token }) =>
    (phone) =>
      phone.with(token).session.list.query(),
  'a revocation': (_, { token }) => {
    return (phone) => phone.with(token).session.revoke.mutate({ id: '018f3c1e-7a60-7cc4-b7c1-3f9f6d7c1d7e' })
  },
  'a logout':
    (_, { token }) =>
    (phone) =>
      phone.with(token).session.logout.mutate(),
  'a renewal': (_, { refreshToken }) => {
    return (phone) => phone.calls.session.renew.mutate({ refreshToken })
  },
  'a renewal whose answer was lost': (_, { lostRefreshToken }) => {
    return (phone) => phone.calls.session.renew.mutate({ refreshToken: lostRefreshToken })
  },
  'the same login again': (_, { loginCodes }) => {
    return (phone) => phone.calls.login.mutate(loginCodes)
  },
  'the same resumption again': (_, { resumeCode }) => {
    return (phone) => phone.calls.session.resume.mutate({ code: resumeCode })
  },
  'the token of a resumption': (_, { resumed }) => {
    return (phone) => phone.with(resumed.token).me.query()
  },
}

/** Ways in with fresh codes. */
const freshWays: Record<string, Entry> = {
  'a fresh login': ({ wechat }) => {
    return (phone) => phone.login(wechat.person('alice'))
  },
  'a prepared login': ({ wechat }, { preparedCode }) => {
    return (phone) =>
      phone.calls.login.mutate({ code: preparedCode, phoneCode: wechat.person('alice').allowsPhone() })
  },
  'a fresh resumption': ({ wechat }) => {
    return (phone) => phone.calls.session.resume.mutate({ code: wechat.person('alice').tapsLogin() })
  },
}

interface Deed {
  failure: string
  ways: Record<string, Entry>
  /** Done through the first instance, by another session of hers or by the operator. */
  act: (service: TestService, held: Held, other: { token: string; phone: TestDevice }) => Promise<unknown>
}

const deeds: Record<string, Deed> = {
  'a ban': {
    failure: 'MEMBER_BANNED',
    ways: { ...oldWays, ...freshWays },
    act: ({ database }, { memberId }) =>
      database.prisma.familyMember.update({ where: { id: memberId }, data: { status: 'banned' } }),
  },
  'a closed account': {
    failure: 'MEMBER_UNKNOWN',
    ways: { ...oldWays, ...freshWays },
    act: ({ database, wechat }, { memberId }) =>
      database.prisma.familyMember.update({
        where: { id: memberId },
        data: { deletedAt: wechat.clock.now() },
      }),
  },
  'a revocation': {
    failure: 'SESSION_REVOKED',
    ways: oldWays,
    async act(_service, _held, { token, phone }) {
      const { sessions } = await phone.with(token).session.list.query()
      for (const { id, isCurrent } of sessions)
        if (!isCurrent) await phone.with(token).session.revoke.mutate({ id })
    },
  },
  'a logout everywhere': {
    failure: 'SESSION_REVOKED',
    ways: oldWays,
    act: (_service, _held, { token, phone }) => phone.with(token).session.logoutEverywhere.mutate(),
  },
}

describe.each(backends)('effective at once on $name', (ground) => {
  let service: TestService
  let here: RunningApi
  let elsewhere: RunningApi

  beforeAll(async () => {
    service = await ground.open()
    here = await service.start()
    elsewhere = await service.start()
  })
  beforeEach(() => truncate(service))
  afterAll(() => service[Symbol.asyncDispose]())

  async function settle() {
    const alice = service.wechat.person('alice')
    const phone = device(here, 'phone')
    const loginCodes = codesOf(alice)
    const { member } = await phone.calls.login.mutate(loginCodes)
    const first = await phone.login(alice)
    const renewal = await phone.calls.session.renew.mutate({ refreshToken: first.refreshToken })
    const resumeCode = alice.tapsLogin()
    const resumed = await phone.calls.session.resume.mutate({ code: resumeCode })
    const preparedCode = alice.tapsLogin()
    await phone.calls.session.prepare.mutate({ code: preparedCode })
    const held: Held = {
      memberId: BigInt(member.id),
      phone,
      token: renewal.token,
      refreshToken: renewal.refreshToken,
      lostRefreshToken: first.refreshToken,
      loginCodes,
      resumeCode,
      resumed,
      preparedCode,
    }
    const tablet = device(here, 'tablet')
    return { held, other: { phone: tablet, token: (await tablet.login(alice)).token } }
  }

  const table = Object.entries(deeds).flatMap(([name, deed]) =>
    Object.entries(deed.ways).map(([way, entry]) => ({ name, deed, way, entry })),
  )

  test.each(table)('$name stops $way, on every instance', async ({ deed, entry }) => {
    const { held, other } = await settle()
    await deed.act(service, held, other)
    for (const instance of [elsewhere, here])
      expect(await failureOf(entry(service, held)(device(instance, 'phone')))).toBe(deed.failure)
  })

  test.each(Object.entries(oldWays))('with nothing done, %s is let in', async (_name, entry) => {
    const { held } = await settle()
    expect(await failureOf(entry(service, held)(device(elsewhere, 'phone')))).toBe('none')
  })

  test('a ban that falls between the questions to WeChat stops the login under way', async () => {
    const { held } = await settle()
    const phonesAsked = () => service.wechat.faults.active.length === 0
    service.wechat.faults.add({ kind: 'slow', endpoint: 'getuserphonenumber', ms: 300, times: 1 })
    const login = failureOf(held.phone.login(service.wechat.person('alice')))
    await vi.waitUntil(phonesAsked, { interval: 5 })
    await service.database.prisma.familyMember.update({
      where: { id: held.memberId },
      data: { status: 'banned' },
    })
    expect(await login).toBe('MEMBER_BANNED')
  })

  test('a member who is let in again needs no code: the sessions were held, not ended', async () => {
    const { held } = await settle()
    const setStatus = (status: 'active' | 'banned') =>
      service.database.prisma.familyMember.update({ where: { id: held.memberId }, data: { status } })
    await setStatus('banned')
    expect(await failureOf(held.phone.with(held.token).me.query())).toBe('MEMBER_BANNED')
    await setStatus('active')
    expect(await failureOf(held.phone.with(held.token).me.query())).toBe('none')
  })
})
