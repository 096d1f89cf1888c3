import { createRemoteJWKSet, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deriveKeyId } from '../src/keys/key-ring.ts'
import { failureOf } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { backends, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const old = 'q4cG2xU9vT0wB7mZ1kE5sN8yR3hJ6pLd'
const young = 'Z8nQ3bV6tY1uK5oX2wM9rF4gC7jH0sPe'

/** The three steps of a rotation that several instances live through: all read the new key before any uses it. */
const steps = { before: old, announced: `${old},${young}`, rotated: `${young},${old}`, after: young }
type Step = keyof typeof steps

const [ground = expect.fail('PGlite is always there')] = backends

let service: TestService
let exchangesBefore: number
beforeAll(async () => {
  service = await ground.open()
})
beforeEach(async () => {
  await truncate(service)
  exchangesBefore = allExchanges()
})
afterAll(() => service[Symbol.asyncDispose]())

const alice = () => service.wechat.person('alice')
const allExchanges = () =>
  service.wechat.calls.filter(({ endpoint }) => endpoint === '/sns/jscode2session').length
const exchanges = () => allExchanges() - exchangesBefore

describe('rotating the secret of access tokens', () => {
  const start = (step: Step) => service.start({ TOKEN_SECRET: steps[step] })
  const me = async (step: Step, token: string) =>
    await failureOf(
      device(await start(step), 'phone')
        .with(token)
        .me.query(),
    )

  test('logs nobody out, before and behind the change', async () => {
    const { token: oldToken } = await device(await start('before'), 'phone').login(alice())
    const { token: youngToken } = await device(await start('rotated'), 'phone').login(alice())
    expect(decodeProtectedHeader(oldToken).kid).toBe(deriveKeyId(old))
    expect(decodeProtectedHeader(youngToken).kid).toBe(deriveKeyId(young))
    for (const step of ['announced', 'rotated'] as const)
      for (const token of [oldToken, youngToken]) expect(await me(step, token)).toBe('none')
  })

  test('a secret that was taken out vouches for nothing', async () => {
    const { token } = await device(await start('before'), 'phone').login(alice())
    expect(await me('after', token)).toBe('TOKEN_INVALID')
  })

  test('a kid tells nothing of its secret', async () => {
    const { token } = await device(await start('before'), 'phone').login(alice())
    expect(old).not.toContain(decodeProtectedHeader(token).kid)
  })
})

describe('rotating the data secret', () => {
  const start = async (step: Step) => await service.start({ DATA_SECRET: steps[step] })

  test('keeps refresh tokens good; one that is renewed needs the old secret no more', async () => {
    const { refreshToken } = await device(await start('before'), 'phone').login(alice())
    const rotated = device(await start('rotated'), 'phone').calls
    const renewed = await rotated.session.renew.mutate({ refreshToken })
    const after = device(await start('after'), 'phone').calls
    const next = await after.session.renew.mutate({ refreshToken: renewed.refreshToken })
    // And the installation is known by its new name: the lost answer is given again.
    const again = await after.session.renew.mutate({ refreshToken: renewed.refreshToken })
    expect(again).toEqual(next)
  })

  test('a refresh token of a secret that was taken out is refused, and ends nothing', async () => {
    const { token, refreshToken } = await device(await start('before'), 'phone').login(alice())
    const after = device(await start('after'), 'phone')
    expect(await failureOf(after.calls.session.renew.mutate({ refreshToken }))).toBe('REFRESH_TOKEN_INVALID')
    expect(await failureOf(after.with(token).me.query())).toBe('none')
  })

  test('gives the answer to a renewal that was lost across the change', async () => {
    const before = await start('before')
    const { refreshToken } = await device(before, 'phone').login(alice())
    const lost = await device(before, 'phone').calls.session.renew.mutate({ refreshToken })
    const rotated = await start('rotated')
    const again = await device(rotated, 'phone').calls.session.renew.mutate({ refreshToken })
    expect(again).toEqual(lost)
    const thief = device(rotated, 'thief').calls.session.renew.mutate({ refreshToken })
    expect(await failureOf(thief)).toBe('SESSION_ENDED')
  })

  test('keeps what was prepared, for its own client', async () => {
    const { code, phoneCode } = codesOf(alice())
    await device(await start('before'), 'phone').calls.session.prepare.mutate({ code })
    const rotated = await start('rotated')
    expect(await failureOf(device(rotated, 'thief').calls.login.mutate({ code, phoneCode }))).toBe(
      'LOGIN_CODE_SPENT',
    )
    await device(rotated, 'phone').calls.login.mutate({ code, phoneCode })
    expect(exchanges()).toBe(1)
  })

  test('answers a login that is sent again across the change', async () => {
    const codes = codesOf(alice())
    const first = await device(await start('before'), 'phone').calls.login.mutate(codes)
    const rotated = await start('rotated')
    expect(await device(rotated, 'phone').calls.login.mutate(codes)).toEqual(first)
    expect(await failureOf(device(rotated, 'thief').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
    expect(exchanges()).toBe(1)
    expect(await service.database.prisma.loginSession.count()).toBe(1)
  })

  test('while instances hold the secrets in different order, each reads what the other made', async () => {
    const [announced, rotated] = [await start('announced'), await start('rotated')]
    for (const [one, other] of [
      [announced, rotated],
      [rotated, announced],
    ] as const) {
      const codes = codesOf(alice())
      await device(one, 'phone').calls.session.prepare.mutate({ code: codes.code })
      const answer = await device(other, 'phone').calls.login.mutate(codes)
      expect(await device(one, 'phone').calls.login.mutate(codes)).toEqual(answer)
      const renewal = { refreshToken: answer.refreshToken }
      const renewed = await device(one, 'phone').calls.session.renew.mutate(renewal)
      expect(await device(other, 'phone').calls.session.renew.mutate(renewal)).toEqual(renewed)
    }
    expect(exchanges()).toBe(2)
  })
})

describe('ES256', () => {
  const makeKey = async (kid?: string) => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    return { ...(await exportJWK(privateKey)), ...(kid !== undefined && { kid }) }
  }
  const start = (...keys: object[]) =>
    service.start({ TOKEN_ALGORITHM: 'ES256', TOKEN_PRIVATE_KEYS: JSON.stringify(keys) })
  const published = async (api: { url: string }) =>
    (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as { keys: Record<string, string>[] }

  test('another service verifies a token with the published keys alone', async () => {
    const api = await start(await makeKey())
    const { token, member } = await device(api, 'phone').login(alice())
    const keySet = createRemoteJWKSet(new URL(`${api.url}/.well-known/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(token, keySet, {
      issuer: 'kinpass',
      audience: 'kinpass-miniapp',
      typ: 'at+jwt',
      currentDate: service.wechat.clock.now(),
    })
    expect(payload).toMatchObject({ sub: member.id, userId: member.id, userName: member.nickName })
    expect(protectedHeader.alg).toBe('ES256')
    expect(await failureOf(device(api, 'phone').with(token).me.query())).toBe('none')
  })

  test('what is published is public', async () => {
    const { keys } = await published(await start(await makeKey('one'), await makeKey('two')))
    expect(keys.map(({ kid }) => kid)).toEqual(['one', 'two'])
    for (const key of keys)
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })

  test('rotation by kid logs nobody out; a key that was taken out vouches for nothing', async () => {
    const [first, second] = [await makeKey(), await makeKey('second')]
    const { token } = await device(await start(first), 'phone').login(alice())
    const rotated = await start(second, first)
    const { token: youngToken } = await device(rotated, 'phone').login(alice())
    expect(decodeProtectedHeader(youngToken).kid).toBe('second')
    for (const one of [token, youngToken])
      expect(await failureOf(device(rotated, 'phone').with(one).me.query())).toBe('none')
    expect(
      await failureOf(
        device(await start(second), 'phone')
          .with(token)
          .me.query(),
      ),
    ).toBe('TOKEN_INVALID')
  })

  test('a login sent again gets the same session, with a token that is signed anew', async () => {
    const api = await start(await makeKey())
    const codes = codesOf(alice())
    const first = await device(api, 'phone').calls.login.mutate(codes)
    const again = await device(api, 'phone').calls.login.mutate(codes)
    expect(again).toEqual({ ...first, token: expect.any(String) })
    expect(await failureOf(device(api, 'phone').with(again.token).me.query())).toBe('none')
  })

  test('with HS256 nothing is published', async () => {
    expect(await published(await service.start())).toEqual({ keys: [] })
  })
})
