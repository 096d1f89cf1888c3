import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toStoredMember } from '../src/members/prisma-member-store.ts'
import { toStoredSession } from '../src/sessions/prisma-session-store.ts'
import { createSessionFinder } from '../src/sessions/session-finder.ts'
import { failureOf, type RunningApi } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const day = 86_400

describe.each(backends)('sessions on $name', (ground) => {
  let service: TestService
  let api: RunningApi
  const alice = () => service.wechat.person('alice')
  const bob = () => service.wechat.person('bob')
  const wait = (seconds: number) => service.wechat.clock.advance(seconds * 1_000)
  /** The endpoints of WeChat that `deed` has called. */
  async function callsDuring(deed: () => Promise<unknown>): Promise<string[]> {
    const before = service.wechat.calls.length
    await deed()
    return service.wechat.calls.slice(before).map(({ endpoint }) => endpoint)
  }
  const events = async () => {
    const rows = await service.database.prisma.loginEvent.findMany({ orderBy: { id: 'asc' } })
    return rows.map(({ kind, failure }) => (failure === null ? kind : `${kind} ${failure}`))
  }

  beforeAll(async () => {
    service = await ground.open()
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
    test('a prepared tap costs one round trip to WeChat', async () => {
      const phone = device(api, 'phone')
      await phone.login(bob()) // the access token is there
      const { code, phoneCode } = codesOf(alice())
      expect(await callsDuring(() => phone.calls.session.prepare.mutate({ code }))).toEqual([
        '/sns/jscode2session',
      ])
      expect(await callsDuring(() => phone.calls.login.mutate({ code, phoneCode }))).toEqual([
        '/wxa/business/getuserphonenumber',
      ])
    })

    test('what was prepared is kept as long as was promised, and no longer than a code lives', async () => {
      const phone = device(api, 'phone')
      const early = alice().tapsLogin()
      const { keptForSeconds } = await phone.calls.session.prepare.mutate({ code: early })
      wait(keptForSeconds)
      await phone.calls.login.mutate({ code: early, phoneCode: alice().allowsPhone() })

      const late = alice().tapsLogin()
      await phone.calls.session.prepare.mutate({ code: late })
      wait(300)
      const asked = await callsDuring(async () => {
        const login = phone.calls.login.mutate({ code: late, phoneCode: alice().allowsPhone() })
        expect(await failureOf(login)).toBe('LOGIN_CODE_SPENT')
      })
      expect(asked).toEqual([])
    })

    test('what one installation prepared is of no use to another', async () => {
      const { code, phoneCode } = codesOf(alice())
      await device(api, 'phone').calls.session.prepare.mutate({ code })
      const thief = device(api, 'thief').calls
      expect(await failureOf(thief.login.mutate({ code, phoneCode }))).toBe('LOGIN_CODE_SPENT')
      expect(await failureOf(thief.session.resume.mutate({ code }))).toBe('LOGIN_CODE_SPENT')
      expect(await failureOf(thief.session.prepare.mutate({ code }))).toBe('LOGIN_CODE_SPENT')
    })
  })

  describe('resume', () => {
    test('a known member is in with a login code alone', async () => {
      const phone = device(api, 'phone')
      const { member } = await phone.login(alice())
      const asked = await callsDuring(async () => {
        const answer = await phone.calls.session.resume.mutate({ code: alice().tapsLogin() })
        expect(answer).toMatchObject({ member, nickName: member.nickName, isNew: false })
        expect(await phone.with(answer.token).me.query()).toEqual(member)
      })
      expect(asked).toEqual(['/sns/jscode2session'])
    })

    test('a person who never logged in stays unknown, and leaves no row', async () => {
      const resumption = device(api, 'phone').calls.session.resume.mutate({ code: alice().tapsLogin() })
      expect(await failureOf(resumption)).toBe('MEMBER_UNKNOWN')
      expect(await service.database.prisma.familyMember.count()).toBe(0)
      expect(await service.database.prisma.loginSession.count()).toBe(0)
    })

    test('the code of a resumption that found nobody still serves the login', async () => {
      const phone = device(api, 'phone')
      const { code, phoneCode } = codesOf(alice())
      expect(await failureOf(phone.calls.session.resume.mutate({ code }))).toBe('MEMBER_UNKNOWN')
      const asked = await callsDuring(() => phone.calls.login.mutate({ code, phoneCode }))
      expect(asked).not.toContain('/sns/jscode2session')
    })

    test('the same resumption sent again gets the same answer', async () => {
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

    test('a refresh token works once and hands out the next', async () => {
      const { member, refreshToken } = await device(api, 'phone').login(alice())
      let last = refreshToken
      for (let turn = 0; turn < 3; turn++) {
        wait(1_000)
        const next = await renew(last)
        expect(next.refreshToken).not.toBe(last)
        expect(await device(api, 'phone').with(next.token).me.query()).toEqual(member)
        last = next.refreshToken
      }
    })

    test('the access token before it lives out its time', async () => {
      const { token, refreshToken } = await device(api, 'phone').login(alice())
      await renew(refreshToken)
      expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('none')
    })

    test('a lost answer is given again for the length of the grace, to the second', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const lost = await renew(refreshToken)
      wait(60)
      expect((await renew(refreshToken)).refreshToken).toBe(lost.refreshToken)
      wait(1)
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
    })

    test('a replay after the grace ends the session, live token and all, and is written down once', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const young = await renew(refreshToken)
      wait(61)
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
      expect(await failureOf(device(api, 'phone').with(young.token).me.query())).toBe('SESSION_ENDED')
      expect(await failureOf(renew(young.refreshToken))).toBe('SESSION_ENDED')
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

    test('a thief who renews first is found out when the owner renews, grace or no grace', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const stolen = await renew(refreshToken, 'thief')
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
      expect(await failureOf(device(api, 'thief').with(stolen.token).me.query())).toBe('SESSION_ENDED')
    })

    test('the token before the last gets no grace', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const second = await renew(refreshToken)
      await renew(second.refreshToken)
      expect(await failureOf(renew(refreshToken))).toBe('SESSION_ENDED')
    })

    test('a replay ends one session and no other', async () => {
      const tablet = await device(api, 'tablet').login(alice())
      const { refreshToken } = await device(api, 'phone').login(alice())
      await renew(refreshToken)
      wait(61)
      await failureOf(renew(refreshToken))
      expect(await failureOf(device(api, 'tablet').with(tablet.token).me.query())).toBe('none')
    })

    test('a hundred renewals of one token at once agree on one next token', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      const answers = await Promise.all(Array.from({ length: 100 }, () => renew(refreshToken)))
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect(await events()).toEqual(['login', 'renew'])
      expect(await failureOf(renew(answers[0]?.refreshToken ?? ''))).toBe('none')
    })
  })

  describe('the life of a session', () => {
    test('it ends when it was not renewed for the idle time, to the second', async () => {
      const { refreshToken } = await device(api, 'phone').login(alice())
      wait(30 * day - 1)
      const renewed = await device(api, 'phone').calls.session.renew.mutate({ refreshToken })
      wait(30 * day)
      const late = device(api, 'phone').calls.session.renew.mutate({ refreshToken: renewed.refreshToken })
      expect(await failureOf(late)).toBe('SESSION_ENDED')
    })

    test('it ends at its absolute end however often it is renewed, to the second', async () => {
      let { refreshToken } = await device(api, 'phone').login(alice())
      const renew = () => device(api, 'phone').calls.session.renew.mutate({ refreshToken })
      for (let month = 0; month < 8; month++) {
        wait(20 * day)
        refreshToken = (await renew()).refreshToken
      }
      wait(20 * day - 1)
      const { token, refreshToken: last } = await renew()
      refreshToken = last
      expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('none')
      wait(1)
      expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('SESSION_ENDED')
      expect(await failureOf(renew())).toBe('SESSION_ENDED')
    })
  })

  describe('list', () => {
    test('each place is listed by the name of its device, the last used first, the one that asks marked', async () => {
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

    test('an ended and an outlived session are not listed', async () => {
      const old = await device(api, 'phone').login(alice())
      wait(30 * day)
      const ended = await device(api, 'tablet').login(alice())
      await device(api, 'tablet').with(ended.token).session.logout.mutate()
      const { token } = await device(api, 'laptop', 'laptop').login(alice())
      const { sessions } = await device(api, 'laptop').with(token).session.list.query()
      expect(sessions.map(({ deviceName }) => deviceName)).toEqual(['laptop'])
      expect(old.token).not.toBe(token)
    })

    test('a device name of control characters and emoji is kept without the control characters', async () => {
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

    test('a revoked session is over, the one that revoked it is not', async () => {
      const phone = await device(api, 'phone').login(alice())
      const tablet = await device(api, 'tablet').login(alice())
      const id = await idOf('tablet', tablet.token)
      expect(await device(api, 'phone').with(phone.token).session.revoke.mutate({ id })).toEqual({})
      expect(await failureOf(device(api, 'tablet').with(tablet.token).me.query())).toBe('SESSION_REVOKED')
      expect(await failureOf(device(api, 'phone').with(phone.token).me.query())).toBe('none')
      expect((await events()).slice(2)).toEqual(['revoke'])
    })

    test("another's session, an ended one and one that never was get the same answer, and nothing ends", async () => {
      const mine = device(api, 'phone').with((await device(api, 'phone').login(alice())).token)
      const his = await device(api, 'laptop').login(bob())
      const ended = await device(api, 'tablet').login(alice())
      const endedId = await idOf('tablet', ended.token)
      await device(api, 'tablet').with(ended.token).session.logout.mutate()
      const before = await events()
      const answers = await Promise.all(
        [await idOf('laptop', his.token), endedId, '018f3c1e-7a60-7cc4-b7c1-3f9f6d7c1d7e'].map((id) =>
          mine.session.revoke.mutate({ id }),
        ),
      )
      expect(answers).toEqual([{}, {}, {}])
      expect(await failureOf(device(api, 'laptop').with(his.token).me.query())).toBe('none')
      expect(await events()).toEqual(before)
    })

    test('logout ends the session that asks, and the login that began it is not answered again', async () => {
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

    test('logout everywhere ends all of a member and none of another', async () => {
      const phone = await device(api, 'phone').login(alice())
      const tablet = await device(api, 'tablet').login(alice())
      const his = await device(api, 'laptop').login(bob())
      expect(await device(api, 'phone').with(phone.token).session.logoutEverywhere.mutate()).toEqual({})
      for (const token of [phone.token, tablet.token])
        expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('SESSION_REVOKED')
      expect(await failureOf(device(api, 'laptop').with(his.token).me.query())).toBe('none')
      expect((await events()).slice(3)).toEqual(['logout-everywhere'])
    })

    test('whoever logged out may log in again', async () => {
      const { token } = await device(api, 'phone').login(alice())
      await device(api, 'phone').with(token).session.logoutEverywhere.mutate()
      const again = await device(api, 'phone').login(alice())
      expect(await failureOf(device(api, 'phone').with(again.token).me.query())).toBe('none')
    })
  })
})
