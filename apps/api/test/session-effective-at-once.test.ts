import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device, type TestDevice } from './_device.ts'
import { startRecordingProxy } from './_recording-proxy.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

/** The tokens and codes of alice. */
interface Credentials {
  memberId: bigint
  phone: TestDevice
  token: string
  refreshToken: string
  previousRefreshToken: string
  loginCodes: { code: string; phoneCode: string }
  resumeCode: string
  resumed: { token: string; refreshToken: string }
  preparedCode: string
}

type Access = (service: TestService, credentials: Credentials) => (phone: TestDevice) => Promise<unknown>

/** Calls with tokens and codes from before the action. */
const earlierCredentials: Record<string, Access> = {
  'an access token':
    (_, { token }) =>
    (phone) =>
      phone.with(token).me.query(),
  'the list of sessions':
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
  'a repeated renewal': (_, { previousRefreshToken }) => {
    return (phone) => phone.calls.session.renew.mutate({ refreshToken: previousRefreshToken })
  },
  'a repeated login': (_, { loginCodes }) => {
    return (phone) => phone.calls.login.mutate(loginCodes)
  },
  'a repeated resumption': (_, { resumeCode }) => {
    return (phone) => phone.calls.session.resume.mutate({ code: resumeCode })
  },
  'the token of a resumption': (_, { resumed }) => {
    return (phone) => phone.with(resumed.token).me.query()
  },
}

/** Calls with fresh codes. */
const freshCodes: Record<string, Access> = {
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

interface Action {
  failure: string
  blocked: Record<string, Access>
  /** Runs on the first instance: another session of alice calls it, or the operator does. */
  act: (
    service: TestService,
    credentials: Credentials,
    other: { token: string; phone: TestDevice },
  ) => Promise<unknown>
}

const actions: Record<string, Action> = {
  'a ban': {
    failure: 'MEMBER_BANNED',
    blocked: { ...earlierCredentials, ...freshCodes },
    act: ({ database }, { memberId }) =>
      database.prisma.familyMember.update({ where: { id: memberId }, data: { status: 'banned' } }),
  },
  'a closed account': {
    failure: 'MEMBER_UNKNOWN',
    blocked: { ...earlierCredentials, ...freshCodes },
    act: ({ database, wechat }, { memberId }) =>
      database.prisma.familyMember.update({
        where: { id: memberId },
        data: { deletedAt: wechat.clock.now() },
      }),
  },
  'a revocation': {
    failure: 'SESSION_REVOKED',
    blocked: earlierCredentials,
    async act(_service, _credentials, { token, phone }) {
      const { sessions } = await phone.with(token).session.list.query()
      for (const { id, isCurrent } of sessions)
        if (!isCurrent) await phone.with(token).session.revoke.mutate({ id })
    },
  },
  'a logout everywhere': {
    failure: 'SESSION_REVOKED',
    blocked: earlierCredentials,
    act: (_service, _credentials, { token, phone }) => phone.with(token).session.logoutEverywhere.mutate(),
  },
}

describe.each(backends)('actions that take effect at once on $name', (backend) => {
  let service: TestService
  let first: RunningApi
  let second: RunningApi

  beforeAll(async () => {
    service = await backend.open()
    first = await service.start()
    second = await service.start()
  })
  beforeEach(() => truncate(service))
  afterAll(() => service[Symbol.asyncDispose]())

  async function logAliceIn() {
    const alice = service.wechat.person('alice')
    const phone = device(first, 'phone')
    const loginCodes = codesOf(alice)
    const { member } = await phone.calls.login.mutate(loginCodes)
    const login = await phone.login(alice)
    const renewal = await phone.calls.session.renew.mutate({ refreshToken: login.refreshToken })
    const resumeCode = alice.tapsLogin()
    const resumed = await phone.calls.session.resume.mutate({ code: resumeCode })
    const preparedCode = alice.tapsLogin()
    await phone.calls.session.prepare.mutate({ code: preparedCode })
    const credentials: Credentials = {
      memberId: BigInt(member.id),
      phone,
      token: renewal.token,
      refreshToken: renewal.refreshToken,
      previousRefreshToken: login.refreshToken,
      loginCodes,
      resumeCode,
      resumed,
      preparedCode,
    }
    const tablet = device(first, 'tablet')
    return { credentials, other: { phone: tablet, token: (await tablet.login(alice)).token } }
  }

  const table = Object.entries(actions).flatMap(([name, action]) =>
    Object.entries(action.blocked).map(([access, call]) => ({ name, action, access, call })),
  )

  test.each(table)('$name blocks $access on every instance', async ({ action, call }) => {
    const { credentials, other } = await logAliceIn()
    await action.act(service, credentials, other)
    for (const instance of [second, first])
      expect(await failureOf(call(service, credentials)(device(instance, 'phone')))).toBe(action.failure)
  })

  test.each(Object.entries(earlierCredentials))('%s succeeds before any action', async (_name, call) => {
    const { credentials } = await logAliceIn()
    expect(await failureOf(call(service, credentials)(device(second, 'phone')))).toBe('none')
  })

  test('a ban during the phone code exchange stops the login in flight', async () => {
    const { credentials } = await logAliceIn()
    await using proxy = await startRecordingProxy(service.wechat)
    await using third = await service.start({ WECHAT_BASE_URL: proxy.url })
    const exchange = proxy.hold('getuserphonenumber')
    const login = failureOf(device(third, 'phone').login(service.wechat.person('alice')))
    await expect.poll(() => proxy.countRequests('getuserphonenumber')).toBe(1)
    await service.database.prisma.familyMember.update({
      where: { id: credentials.memberId },
      data: { status: 'banned' },
    })
    exchange.release()
    expect(await login).toBe('MEMBER_BANNED')
  })

  test('a member who is no longer banned uses the same sessions', async () => {
    const { credentials } = await logAliceIn()
    const setStatus = (status: 'active' | 'banned') =>
      service.database.prisma.familyMember.update({ where: { id: credentials.memberId }, data: { status } })
    await setStatus('banned')
    expect(await failureOf(credentials.phone.with(credentials.token).me.query())).toBe('MEMBER_BANNED')
    await setStatus('active')
    expect(await failureOf(credentials.phone.with(credentials.token).me.query())).toBe('none')
  })
})
