import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const LOGIN_CODE_EXCHANGE = '/sns/jscode2session'
const PHONE_CODE_EXCHANGE = '/wxa/business/getuserphonenumber'

describe.each(backends)('repeated logins on $name', (backend) => {
  let service: TestService
  let api: RunningApi
  let other: RunningApi
  const alice = () => service.wechat.person('alice')
  const sent = () =>
    service.wechat.calls.map(({ endpoint }) => endpoint).filter((endpoint) => !/token/.test(endpoint))
  let before: number
  const sentSince = () => sent().slice(before)

  beforeAll(async () => {
    service = await backend.open()
    api = await service.start()
    other = await service.start()
  })
  beforeEach(async () => {
    await truncate(service)
    before = sent().length
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('a login repeated within five minutes gets the same response without a request to WeChat', async () => {
    const codes = codesOf(alice())
    const first = await device(api, 'phone').calls.login.mutate(codes)
    service.wechat.clock.advance(300_000)
    const again = await device(api, 'phone').calls.login.mutate(codes)
    expect(again).toEqual({ ...first, expiresInSeconds: first.expiresInSeconds - 300 })
    expect(sentSince()).toEqual([LOGIN_CODE_EXCHANGE, PHONE_CODE_EXCHANGE])
    expect(await service.database.prisma.loginEvent.count()).toBe(1)
  })

  test('a login repeated after five minutes is refused with LOGIN_CODE_SPENT without a request to WeChat', async () => {
    const codes = codesOf(alice())
    await device(api, 'phone').calls.login.mutate(codes)
    service.wechat.clock.advance(300_001)
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
    expect(sentSince()).toEqual([LOGIN_CODE_EXCHANGE, PHONE_CODE_EXCHANGE])
  })

  test('a login repeated after a renewal of its session is refused with LOGIN_CODE_SPENT', async () => {
    const codes = codesOf(alice())
    const { refreshToken } = await device(api, 'phone').calls.login.mutate(codes)
    await device(api, 'phone').calls.session.renew.mutate({ refreshToken })
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
  })

  test('a login sent twenty times at once to two instances is one login with one response', async () => {
    const codes = codesOf(alice())
    const outputs = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        device(index % 2 === 0 ? api : other, 'phone').calls.login.mutate(codes),
      ),
    )
    expect(new Set(outputs.map((output) => JSON.stringify(output))).size).toBe(1)
    expect(sentSince()).toEqual([LOGIN_CODE_EXCHANGE, PHONE_CODE_EXCHANGE])
    expect(await service.database.prisma.loginSession.count()).toBe(1)
    expect(await service.database.prisma.loginEvent.count()).toBe(1)
  })

  test('a login and two preparations of its code at once, on two instances, send each code once', async () => {
    await device(api, 'phone').login(alice())
    before = sent().length
    const { code, phoneCode } = codesOf(alice())
    const failures = await Promise.all([
      failureOf(device(api, 'phone').calls.session.prepare.mutate({ code })),
      failureOf(device(other, 'phone').calls.session.prepare.mutate({ code })),
      failureOf(device(other, 'phone').calls.login.mutate({ code, phoneCode })),
    ])
    expect(failures).toEqual(['none', 'none', 'none'])
    expect(sentSince().sort()).toEqual([LOGIN_CODE_EXCHANGE, PHONE_CODE_EXCHANGE].sort())
  })

  test('a login repeated by another client is refused, concurrently and later', async () => {
    const codes = codesOf(alice())
    await device(api, 'phone').calls.login.mutate(codes)
    for (const instance of [api, other])
      expect(await failureOf(device(instance, 'thief').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
    const contested = codesOf(alice())
    const failures = await Promise.all(
      ['phone', 'thief'].map((installation) =>
        failureOf(device(api, installation).calls.login.mutate(contested)),
      ),
    )
    expect(failures.sort()).toEqual(['LOGIN_CODE_SPENT', 'none'])
  })

  test('a login repeated with another phone code is refused', async () => {
    const codes = codesOf(alice())
    await device(api, 'phone').calls.login.mutate(codes)
    const changed = { ...codes, phoneCode: alice().allowsPhone() }
    expect(await failureOf(device(api, 'phone').calls.login.mutate(changed))).toBe('LOGIN_CODE_SPENT')
  })

  test('a login that WeChat refused is refused alike without another request to WeChat', async () => {
    const codes = { code: alice().tapsLogin(), phoneCode: service.wechat.person('bob').allowsPhone() }
    for (const instance of [api, other, api])
      expect(await failureOf(device(instance, 'phone').calls.login.mutate(codes))).toBe(
        'PHONE_CODE_OF_ANOTHER',
      )
    expect(sentSince()).toEqual([LOGIN_CODE_EXCHANGE, PHONE_CODE_EXCHANGE])
  })

  test.each(['truncated', 'lost'] as const)(
    'a login whose response from WeChat was %s needs a fresh login code',
    async (kind) => {
      const codes = codesOf(alice())
      service.wechat.faults.add({ kind, endpoint: 'jscode2session' })
      expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
      expect(await failureOf(device(other, 'phone').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
      expect(sentSince()).toEqual([LOGIN_CODE_EXCHANGE])
      // The phone code was not sent to WeChat, so it is still valid.
      const again = { ...codes, code: alice().tapsLogin() }
      expect(await failureOf(device(api, 'phone').calls.login.mutate(again))).toBe('none')
    },
  )

  test('a login whose phone response was lost needs another tap on the phone button', async () => {
    const codes = codesOf(alice())
    service.wechat.faults.add({ kind: 'lost', endpoint: 'getuserphonenumber' })
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('PHONE_CODE_INVALID')
    const again = codesOf(alice())
    expect(await failureOf(device(api, 'phone').calls.login.mutate(again))).toBe('none')
  })

  test('a login of a banned member does not send the phone code', async () => {
    const { member } = await device(api, 'phone').login(alice())
    const setStatus = (status: 'active' | 'banned') =>
      service.database.prisma.familyMember.update({ where: { id: BigInt(member.id) }, data: { status } })
    await setStatus('banned')
    before = sent().length
    const codes = codesOf(alice())
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('MEMBER_BANNED')
    expect(sentSince()).toEqual([LOGIN_CODE_EXCHANGE])
    await setStatus('active')
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('none')
  })
})
