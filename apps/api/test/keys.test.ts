import { createRemoteJWKSet, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deriveKeyId } from '../src/keys/key-ring.ts'
import { failureOf } from './_api.ts'
import { codesOf, device } from './_device.ts'
import { fastBackend, type TestService } from './_service.ts'
import { truncate } from './_truncate.ts'

const oldSecret = 'q4cG2xU9vT0wB7mZ1kE5sN8yR3hJ6pLd'
const newSecret = 'Z8nQ3bV6tY1uK5oX2wM9rF4gC7jH0sPe'

/** The steps of a rotation across instances: all of them read the new secret before one of them writes with it. */
const steps = {
  before: oldSecret,
  announced: `${oldSecret},${newSecret}`,
  rotated: `${newSecret},${oldSecret}`,
  after: newSecret,
}
type Step = keyof typeof steps

let service: TestService
let exchangesBefore: number
beforeAll(async () => {
  service = await fastBackend.open()
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

  test('tokens of both secrets are accepted during a rotation', async () => {
    const { token: oldToken } = await device(await start('before'), 'phone').login(alice())
    const { token: newToken } = await device(await start('rotated'), 'phone').login(alice())
    expect(decodeProtectedHeader(oldToken).kid).toBe(deriveKeyId(oldSecret))
    expect(decodeProtectedHeader(newToken).kid).toBe(deriveKeyId(newSecret))
    for (const step of ['announced', 'rotated'] as const)
      for (const token of [oldToken, newToken]) expect(await me(step, token)).toBe('none')
  })

  test('a token of a removed secret is refused', async () => {
    const { token } = await device(await start('before'), 'phone').login(alice())
    expect(await me('after', token)).toBe('TOKEN_INVALID')
  })

  test('a kid is no part of its secret', async () => {
    const { token } = await device(await start('before'), 'phone').login(alice())
    expect(oldSecret).not.toContain(decodeProtectedHeader(token).kid)
  })
})

describe('rotating the data secret', () => {
  const start = async (step: Step) => await service.start({ DATA_SECRET: steps[step] })

  test('refresh tokens stay valid in a rotation, and a renewed one does not need the old secret', async () => {
    const { refreshToken } = await device(await start('before'), 'phone').login(alice())
    const rotated = device(await start('rotated'), 'phone').calls
    const renewed = await rotated.session.renew.mutate({ refreshToken })
    const after = device(await start('after'), 'phone').calls
    const next = await after.session.renew.mutate({ refreshToken: renewed.refreshToken })
    // The installation is found by its digest of the new secret, so the renewal can be repeated.
    const again = await after.session.renew.mutate({ refreshToken: renewed.refreshToken })
    expect(again).toEqual(next)
  })

  test('a refresh token of a removed secret is refused and ends no session', async () => {
    const { token, refreshToken } = await device(await start('before'), 'phone').login(alice())
    const after = device(await start('after'), 'phone')
    expect(await failureOf(after.calls.session.renew.mutate({ refreshToken }))).toBe('REFRESH_TOKEN_INVALID')
    expect(await failureOf(after.with(token).me.query())).toBe('none')
  })

  test('a renewal repeated after the rotation gets the same pair', async () => {
    const before = await start('before')
    const { refreshToken } = await device(before, 'phone').login(alice())
    const lost = await device(before, 'phone').calls.session.renew.mutate({ refreshToken })
    const rotated = await start('rotated')
    const again = await device(rotated, 'phone').calls.session.renew.mutate({ refreshToken })
    expect(again).toEqual(lost)
    const thief = device(rotated, 'thief').calls.session.renew.mutate({ refreshToken })
    expect(await failureOf(thief)).toBe('SESSION_ENDED')
  })

  test('a login code prepared before the rotation stays usable for its own client', async () => {
    const { code, phoneCode } = codesOf(alice())
    await device(await start('before'), 'phone').calls.session.prepare.mutate({ code })
    const rotated = await start('rotated')
    expect(await failureOf(device(rotated, 'thief').calls.login.mutate({ code, phoneCode }))).toBe(
      'LOGIN_CODE_SPENT',
    )
    await device(rotated, 'phone').calls.login.mutate({ code, phoneCode })
    expect(exchanges()).toBe(1)
  })

  test('a login repeated after the rotation gets the same response', async () => {
    const codes = codesOf(alice())
    const first = await device(await start('before'), 'phone').calls.login.mutate(codes)
    const rotated = await start('rotated')
    expect(await device(rotated, 'phone').calls.login.mutate(codes)).toEqual(first)
    expect(await failureOf(device(rotated, 'thief').calls.login.mutate(codes))).toBe('LOGIN_CODE_SPENT')
    expect(exchanges()).toBe(1)
    expect(await service.database.prisma.loginSession.count()).toBe(1)
  })

  test('instances with different orders of the secrets read the data of each other', async () => {
    const [announced, rotated] = [await start('announced'), await start('rotated')]
    for (const [one, other] of [
      [announced, rotated],
      [rotated, announced],
    ] as const) {
      const codes = codesOf(alice())
      await device(one, 'phone').calls.session.prepare.mutate({ code: codes.code })
      const output = await device(other, 'phone').calls.login.mutate(codes)
      expect(await device(one, 'phone').calls.login.mutate(codes)).toEqual(output)
      const renewal = { refreshToken: output.refreshToken }
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

  test('another service can verify a token with the published keys', async () => {
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

  test('the published keys contain no private part', async () => {
    const { keys } = await published(await start(await makeKey('one'), await makeKey('two')))
    expect(keys.map(({ kid }) => kid)).toEqual(['one', 'two'])
    for (const key of keys)
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })

  test('tokens of both keys are accepted during a rotation, and a token of a removed key is refused', async () => {
    const [first, second] = [await makeKey(), await makeKey('second')]
    const { token } = await device(await start(first), 'phone').login(alice())
    const rotated = await start(second, first)
    const { token: newToken } = await device(rotated, 'phone').login(alice())
    expect(decodeProtectedHeader(newToken).kid).toBe('second')
    for (const one of [token, newToken])
      expect(await failureOf(device(rotated, 'phone').with(one).me.query())).toBe('none')
    expect(
      await failureOf(
        device(await start(second), 'phone')
          .with(token)
          .me.query(),
      ),
    ).toBe('TOKEN_INVALID')
  })

  test('a repeated login gets the same session with a newly signed token', async () => {
    const api = await start(await makeKey())
    const codes = codesOf(alice())
    const first = await device(api, 'phone').calls.login.mutate(codes)
    const again = await device(api, 'phone').calls.login.mutate(codes)
    expect(again).toEqual({ ...first, token: expect.any(String) })
    expect(await failureOf(device(api, 'phone').with(again.token).me.query())).toBe('none')
  })

  test('no key is published with HS256', async () => {
    expect(await published(await service.start())).toEqual({ keys: [] })
  })
})
