import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const exchange = '/sns/jscode2session'
const askPhone = '/wxa/business/getuserphonenumber'

describe.each(backends)('a login sent again on $name', (ground) => {
  let service: TestService
  let api: RunningApi
  let other: RunningApi
  const alice = () => service.wechat.person('alice')
  const asked = () => service.wechat.calls.map(({ endpoint }) => endpoint).filter((one) => !/token/.test(one))
  let before: number
  const askedSince = () => asked().slice(before)

  beforeAll(async () => {
    service = await ground.open()
    api = await service.start()
    other = await service.start()
  })
  beforeEach(async () => {
    await truncate(service)
    before = asked().length
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('later gets the same answer, and WeChat hears nothing', async () => {
    const codes = codesOf(alice())
    const first = await device(api, 'phone').calls.login.mutate(codes)
    service.wechat.clock.advance(300_000)
    const again = await device(api, 'phone').calls.login.mutate(codes)
    expect(again).toEqual({ ...first, expiresInSeconds: first.expiresInSeconds - 300 })
    expect(askedSince()).toEqual([exchange, askPhone])
    expect(await service.database.prisma.loginEvent.count()).toBe(1)
  })

  test('after the life of a code is told that the code is spent, and WeChat hears nothing', async () => {
    const codes = codesOf(alice())
    await device(api, 'phone').calls.login.mutate(codes)
    service.wechat.clock.advance(300_001)
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
    expect(askedSince()).toEqual([exchange, askPhone])
  })

  test('after a renewal is told that the code is spent: the answer has arrived', async () => {
    const codes = codesOf(alice())
    const { refreshToken } = await device(api, 'phone').calls.login.mutate(codes)
    await device(api, 'phone').calls.session.renew.mutate({ refreshToken })
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
  })

  test('twenty times at the same instant, to two instances, is one login and one answer', async () => {
    const codes = codesOf(alice())
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        device(turn % 2 === 0 ? api : other, 'phone').calls.login.mutate(codes),
      ),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(askedSince()).toEqual([exchange, askPhone])
    expect(await service.database.prisma.loginSession.count()).toBe(1)
    expect(await service.database.prisma.loginEvent.count()).toBe(1)
  })

  test('together with its preparation and a resumption, on two instances, asks WeChat once about each code', async () => {
    await device(api, 'phone').login(alice())
    before = asked().length
    const { code, phoneCode } = codesOf(alice())
    const outcomes = await Promise.all([
      failureOf(device(api, 'phone').calls.session.prepare.mutate({ code })),
      failureOf(device(other, 'phone').calls.session.prepare.mutate({ code })),
      failureOf(device(other, 'phone').calls.login.mutate({ code, phoneCode })),
    ])
    expect(outcomes).toEqual(['none', 'none', 'none'])
    expect(askedSince().sort()).toEqual([exchange, askPhone].sort())
  })

  test('by another client is refused, at once and later, whoever asks first', async () => {
    const codes = codesOf(alice())
    await device(api, 'phone').calls.login.mutate(codes)
    for (const instance of [api, other])
      expect(await failureOf(device(instance, 'thief').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
    const contested = codesOf(alice())
    const outcomes = await Promise.all(
      ['phone', 'thief'].map((installation) =>
        failureOf(device(api, installation).calls.login.mutate(contested)),
      ),
    )
    expect(outcomes.sort()).toEqual(['LOGIN_CODE_SPENT', 'none'])
  })

  test('with another phone code is refused', async () => {
    const codes = codesOf(alice())
    await device(api, 'phone').calls.login.mutate(codes)
    const changed = { ...codes, phoneCode: alice().allowsPhone() }
    expect(await failureOf(device(api, 'phone').calls.login.mutate(changed))).toBe('LOGIN_CODE_SPENT')
  })

  test('after WeChat refused it is refused alike, and WeChat hears nothing', async () => {
    const codes = { code: alice().tapsLogin(), phoneCode: service.wechat.person('bob').allowsPhone() }
    for (const instance of [api, other, api])
      expect(await failureOf(device(instance, 'phone').calls.login.mutate(codes))).toBe(
        'PHONE_CODE_OF_ANOTHER',
      )
    expect(askedSince()).toEqual([exchange, askPhone])
  })

  test.each(['truncated', 'lost'] as const)(
    'after an answer of WeChat that came %s asks for a fresh code, and WeChat hears nothing',
    async (kind) => {
      const codes = codesOf(alice())
      service.wechat.faults.add({ kind, endpoint: 'jscode2session' })
      expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
      expect(await failureOf(device(other, 'phone').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
      expect(askedSince()).toEqual([exchange])
      // The phone code was never shown to WeChat, so the tap is not lost.
      const again = { ...codes, code: alice().tapsLogin() }
      expect(await failureOf(device(api, 'phone').calls.login.mutate(again))).toBe('none')
    },
  )

  test('after the phone answer was lost asks for another tap', async () => {
    const codes = codesOf(alice())
    service.wechat.faults.add({ kind: 'lost', endpoint: 'getuserphonenumber' })
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('WECHAT_UNAVAILABLE')
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('PHONE_CODE_INVALID')
    const again = codesOf(alice())
    expect(await failureOf(device(api, 'phone').calls.login.mutate(again))).toBe('none')
  })

  test('by a banned member spends no phone code', async () => {
    const { member } = await device(api, 'phone').login(alice())
    const setStatus = (status: 'active' | 'banned') =>
      service.database.prisma.familyMember.update({ where: { id: BigInt(member.id) }, data: { status } })
    await setStatus('banned')
    before = asked().length
    const codes = codesOf(alice())
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('MEMBER_BANNED')
    expect(askedSince()).toEqual([exchange])
    await setStatus('active')
    expect(await failureOf(device(api, 'phone').calls.login.mutate(codes))).toBe('none')
  })
})
