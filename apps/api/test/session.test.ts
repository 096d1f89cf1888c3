import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toStoredMember } from '../src/members/prisma-member-store.ts'
import { createSessionFinder, toStoredSession } from '../src/sessions/prisma-session-store.ts'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const DAY_SECONDS = 86_400

describe.each(backends)('sessions on $name', (backend) => {
  let service: TestService
  let api: RunningApi
  const alice = () => service.wechat.person('alice')
  const bob = () => service.wechat.person('bob')
  const wait = (seconds: number) => service.wechat.clock.advance(seconds * 1_000)
  /** The endpoints of WeChat that were called during `fn`. */
  async function callsDuring(fn: () => Promise<unknown>): Promise<string[]> {
    const before = service.wechat.calls.length
    await fn()
    return service.wechat.calls.slice(before).map(({ endpoint }) => endpoint)
  }
  const events = async () => {
    const rows = await service.database.prisma.loginEvent.findMany({ orderBy: { id: 'asc' } })
    return rows.map(({ kind, failure }) => (failure === null ? kind : `${kind} ${failure}`))
  }

  beforeAll(async () => {
    service = await backend.open()
    api = await service.start()
  })
  beforeEach(() => truncate(service))
  afterAll(() => service[Symbol.asyncDispose]())

  test('the session finder returns the rows that Prisma reads', async () => {
    const { token } = await device(api, 'phone', 'iPhone').login(alice())
    const { sid = '' } = decodeJwt<{ sid?: string }>(token)
    const { pool, prisma } = service.database
    const found = await createSessionFinder(pool).byId(sid)
    const { member, ...session } = await prisma.loginSession.findUniqueOrThrow({
      where: { id: sid },
      include: { member: true },
    })
    expect(found).toEqual({ session: toStoredSession(session), member: toStoredMember(member) })
    expect(found?.session).toMatchObject({
      id: sid,
      deviceName: 'iPhone',
      startedAt: service.wechat.clock.now(),
    })
  })

  describe('prepare', () => {
    test('a login with a prepared code needs one request to WeChat', async () => {
      const phone = device(api, 'phone')
      await phone.login(bob()) // The access token is in the store.
      const { code, phoneCode } = codesOf(alice())
      expect(await callsDuring(() => phone.calls.session.prepare.mutate({ code }))).toEqual([
        '/sns/jscode2session',
      ])
      expect(await callsDuring(() => phone.calls.login.mutate({ code, phoneCode }))).toEqual([
        '/wxa/business/getuserphonenumber',
      ])
    })

    test('a prepared code can be used for keptForSeconds, and is spent after the lifetime of a code', async () => {
      const phone = device(api, 'phone')
      const early = alice().tapsLogin()
      const { keptForSeconds } = await phone.calls.session.prepare.mutate({ code: early })
      wait(keptForSeconds)
      await phone.calls.login.mutate({ code: early, phoneCode: alice().allowsPhone() })

      const late = alice().tapsLogin()
      await phone.calls.session.prepare.mutate({ code: late })
      wait(300)
      const endpoints = await callsDuring(async () => {
        const login = phone.calls.login.mutate({ code: late, phoneCode: alice().allowsPhone() })
        expect(await failureOf(login)).toBe('LOGIN_CODE_SPENT')
      })
      expect(endpoints).toEqual([])
    })

    test('a code prepared by one installation is refused for another', async () => {
      const { code, phoneCode } = codesOf(alice())
      await device(api, 'phone').calls.session.prepare.mutate({ code })
      const thief = device(api, 'thief').calls
      expect(await failureOf(thief.login.mutate({ code, phoneCode }))).toBe('LOGIN_CODE_SPENT')
      expect(await failureOf(thief.session.resume.mutate({ code }))).toBe('LOGIN_CODE_SPENT')
      expect(await failureOf(thief.session.prepare.mutate({ code }))).toBe('LOGIN_CODE_SPENT')
    })
  })

  describe('resume', () => {
    test('a known member resumes with a login code alone', async () => {
      const phone = device(api, 'phone')
      const { member } = await phone.login(alice())
      const endpoints = await callsDuring(async () => {
        const output = await phone.calls.session.resume.mutate({ code: alice().tapsLogin() })
        expect(output).toMatchObject({ member, nickName: member.nickName, isNew: false })
        expect(await phone.with(output.token).me.query()).toEqual(member)
      })
      expect(endpoints).toEqual(['/sns/jscode2session'])
    })

    test('a resumption of an unknown person is refused and writes no row', async () => {
      const resumption = device(api, 'phone').calls.session.resume.mutate({ code: alice().tapsLogin() })
      expect(await failureOf(resumption)).toBe('MEMBER_UNKNOWN')
      expect(await service.database.prisma.familyMember.count()).toBe(0)
      expect(await service.database.prisma.loginSession.count()).toBe(0)
    })

    test('a login code whose resumption was refused as unknown can be used for a login', async () => {
      const phone = device(api, 'phone')
      const { code, phoneCode } = codesOf(alice())
      expect(await failureOf(phone.calls.session.resume.mutate({ code }))).toBe('MEMBER_UNKNOWN')
      const endpoints = await callsDuring(() => phone.calls.login.mutate({ code, phoneCode }))
      expect(endpoints).not.toContain('/sns/jscode2session')
    })

    test('a repeated resumption gets the same response', async () => {
      const phone = device(api, 'phone')
      await phone.login(alice())
      const code = alice().tapsLogin()
      const first = await phone.calls.session.resume.mutate({ code })
      expect(await phone.calls.session.resume.mutate({ code })).toEqual(first)
      expect(await failureOf(device(api, 'thief').calls.session.resume.mutate({ code }))).toBe(
        'LOGIN_CODE_SPENT',
      )
    })
  })

  describe('renew', () => {
    const renew = (refreshToken: string, installation = 'phone') =>
      device(api, installation).calls.session.renew.mutate({ refreshToken })

    test('a renewal returns the next refresh token', async () => {
      const { member, refreshToken } = await device(api, 'phone').login(alice())
      let last = refreshToken
      for (let renewal = 0; renewal < 3; renewal++) {
        wait(1_000)
        const next = await renew(last)
        expect(next.refreshToken).not.toBe(last)
        expect(await device(api, 'phone').with(next.token).me.query()).toEqual(member)
        last = next.refreshToken
      }
    })

    test('an access token stays valid after a renewal', async () => {
      const { token, refreshToken } = await device(api, 'phone').login(alice())
      await renew(refreshToken)
      expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('none')
    })

    test('a repeated renewal gets the same pair until the second at which the grace period ends', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const renewed = await renew(refreshToken)
      wait(60)
      expect((await renew(refreshToken)).refreshToken).toBe(renewed.refreshToken)
      wait(1)
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
    })

    test('a replay after the grace period ends the session with its access token, and is recorded once', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const renewed = await renew(refreshToken)
      wait(61)
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
      expect(await failureOf(device(api, 'phone').with(renewed.token).me.query())).toBe('SESSION_ENDED')
      expect(await failureOf(renew(renewed.refreshToken))).toBe('SESSION_ENDED')
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
      expect(await events()).toEqual([
        'login',
        'renew',
        'replay',
        'refusal SESSION_ENDED',
        'refusal SESSION_ENDED',
        'refusal SESSION_ENDED',
      ])
    })

    test('a replay from another installation ends the session at once', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const { token } = await renew(refreshToken)
      expect(await failureOf(renew(refreshToken, 'thief'))).toBe('SESSION_ENDED')
      expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('SESSION_ENDED')
    })

    test('a renewal by the owner after one by a thief ends the session', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const stolen = await renew(refreshToken, 'thief')
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
      expect(await failureOf(device(api, 'thief').with(stolen.token).me.query())).toBe('SESSION_ENDED')
    })

    test('a refresh token that was rotated twice is refused in the grace period', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const second = await renew(refreshToken)
      await renew(second.refreshToken)
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
    })

    test('a replay ends no other session', async () => {
      const tablet = await device(api, 'tablet').login(alice())
      const { refreshToken } = await device(api, 'phone').login(alice())
      await renew(refreshToken)
      wait(61)
      await failureOf(renew(refreshToken))
      expect(await failureOf(device(api, 'tablet').with(tablet.token).me.query())).toBe('none')
    })

    test('a hundred concurrent renewals of one token get the same pair', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const outputs = await Promise.all(Array.from({ length: 100 }, () => renew(refreshToken)))
      expect(new Set(outputs.map((output) => JSON.stringify(output))).size).toBe(1)
      expect(await events()).toEqual(['login', 'renew'])
      expect(await failureOf(renew(outputs[0]?.refreshToken ?? ''))).toBe('none')
    })
  })

  describe('session lifetime', () => {
    test('a session ends at the second of its idle time without a renewal', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      wait(30 * DAY_SECONDS - 1)
      const renewed = await device(api, 'phone').calls.session.renew.mutate({ refreshToken })
      wait(30 * DAY_SECONDS)
      const late = device(api, 'phone').calls.session.renew.mutate({ refreshToken: renewed.refreshToken })
      expect(await failureOf(late)).toBe('SESSION_ENDED')
    })

    test('a session ends at the second of its absolute lifetime in spite of renewals', async () => {
      let { refreshToken } = await device(api, 'phone').login(alice())
      const renew = () => device(api, 'phone').calls.session.renew.mutate({ refreshToken })
      for (let month = 0; month < 8; month++) {
        wait(20 * DAY_SECONDS)
        refreshToken = (await renew()).refreshToken
      }
      wait(20 * DAY_SECONDS - 1)
      const { token, refreshToken: last } = await renew()
      refreshToken = last
      expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('none')
      wait(1)
      expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('SESSION_ENDED')
      expect(await failureOf(renew())).toBe('SESSION_ENDED')
    })
  })

  describe('list', () => {
    test('sessions are listed with their device names, the last used first, the current one marked', async () => {
      const phone = await device(api, 'phone', '奶奶的手机 👵🏻').login(alice())
      wait(10)
      const tablet = await device(api, 'tablet').login(alice())
      await device(api, 'stranger').login(bob())
      const { sessions } = await device(api, 'phone').with(phone.token).session.list.query()
      expect(sessions.map(({ deviceName, isCurrent }) => ({ deviceName, isCurrent }))).toEqual([
        { deviceName: null, isCurrent: false },
        { deviceName: '奶奶的手机 👵🏻', isCurrent: true },
      ])

      wait(10)
      await device(api, 'phone').calls.session.renew.mutate({ refreshToken: phone.refreshToken })
      const again = await device(api, 'tablet').with(tablet.token).session.list.query()
      expect(again.sessions.map(({ isCurrent }) => isCurrent)).toEqual([false, true])
      const at = service.wechat.clock.now().toISOString()
      expect(again.sessions[0]?.lastUsedAt).toBe(at)
      expect(again.sessions[0]?.startedAt).not.toBe(at)
    })

    test('ended and expired sessions are not listed', async () => {
      const old = await device(api, 'phone').login(alice())
      wait(30 * DAY_SECONDS)
      const ended = await device(api, 'tablet').login(alice())
      await device(api, 'tablet').with(ended.token).session.logout.mutate()
      const { token } = await device(api, 'laptop', 'laptop').login(alice())
      const { sessions } = await device(api, 'laptop').with(token).session.list.query()
      expect(sessions.map(({ deviceName }) => deviceName)).toEqual(['laptop'])
      expect(old.token).not.toBe(token)
    })

    test('a device name is stored without control characters', async () => {
      const { token } = await device(api, 'phone', '\u0000\u0007\u202E🍊\n').login(alice())
      const { sessions } = await device(api, 'phone').with(token).session.list.query()
      expect(sessions.map(({ deviceName }) => deviceName)).toEqual(['🍊'])
    })
  })

  describe('ending', () => {
    const idOf = async (installation: string, token: string) => {
      const { sessions } = await device(api, installation).with(token).session.list.query()
      return sessions.find(({ isCurrent }) => isCurrent)?.id ?? ''
    }

    test('revoke ends the given session and not the current one', async () => {
      const phone = await device(api, 'phone').login(alice())
      const tablet = await device(api, 'tablet').login(alice())
      const id = await idOf('tablet', tablet.token)
      expect(await device(api, 'phone').with(phone.token).session.revoke.mutate({ id })).toEqual({})
      expect(await failureOf(device(api, 'tablet').with(tablet.token).me.query())).toBe('SESSION_REVOKED')
      expect(await failureOf(device(api, 'phone').with(phone.token).me.query())).toBe('none')
      expect((await events()).slice(2)).toEqual(['revoke'])
    })

    test('revoke returns the same response for a session of another member, an ended one and an unknown one, and ends none', async () => {
      const authenticated = device(api, 'phone').with((await device(api, 'phone').login(alice())).token)
      const bobs = await device(api, 'laptop').login(bob())
      const ended = await device(api, 'tablet').login(alice())
      const endedId = await idOf('tablet', ended.token)
      await device(api, 'tablet').with(ended.token).session.logout.mutate()
      const before = await events()
      const outputs = await Promise.all(
        [await idOf('laptop', bobs.token), endedId, '018f3c1e-7a60-7cc4-b7c1-3f9f6d7c1d7e'].map((id) =>
          authenticated.session.revoke.mutate({ id }),
        ),
      )
      expect(outputs).toEqual([{}, {}, {}])
      expect(await failureOf(device(api, 'laptop').with(bobs.token).me.query())).toBe('none')
      expect(await events()).toEqual(before)
    })

    test('logout ends the current session, and its login cannot be repeated', async () => {
      const codes = codesOf(alice())
      const phone = device(api, 'phone')
      const { token, refreshToken } = await phone.calls.login.mutate(codes)
      const tablet = await device(api, 'tablet').login(alice())
      expect(await phone.with(token).session.logout.mutate()).toEqual({})
      expect(await failureOf(phone.with(token).me.query())).toBe('SESSION_ENDED')
      expect(await failureOf(phone.calls.session.renew.mutate({ refreshToken }))).toBe('SESSION_ENDED')
      expect(await failureOf(phone.calls.login.mutate(codes))).toBe('SESSION_ENDED')
      expect(await failureOf(device(api, 'tablet').with(tablet.token).me.query())).toBe('none')
    })

    test('logoutEverywhere ends all sessions of the member and none of another', async () => {
      const phone = await device(api, 'phone').login(alice())
      const tablet = await device(api, 'tablet').login(alice())
      const bobs = await device(api, 'laptop').login(bob())
      expect(await device(api, 'phone').with(phone.token).session.logoutEverywhere.mutate()).toEqual({})
      for (const token of [phone.token, tablet.token])
        expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('SESSION_REVOKED')
      expect(await failureOf(device(api, 'laptop').with(bobs.token).me.query())).toBe('none')
      expect((await events()).slice(3)).toEqual(['logout-everywhere'])
    })

    test('a member can log in again after logoutEverywhere', async () => {
      const { token } = await device(api, 'phone').login(alice())
      await device(api, 'phone').with(token).session.logoutEverywhere.mutate()
      const again = await device(api, 'phone').login(alice())
      expect(await failureOf(device(api, 'phone').with(again.token).me.query())).toBe('none')
    })
  })
})
