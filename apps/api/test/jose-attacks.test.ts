import { createHmac, createSecretKey } from 'node:crypto'
import {
  CompactEncrypt,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deriveKeyId } from '../src/keys/key-ring.ts'
import { failureOf, type RunningApi } from './_api.ts'
import { device } from './_device.ts'
import { backends, type TestService } from './_service.ts'

const secret = 'q4cG2xU9vT0wB7mZ1kE5sN8yR3hJ6pLd'
const oldSecret = 'Z8nQ3bV6tY1uK5oX2wM9rF4gC7jH0sPe'
const key = createSecretKey(Buffer.from(secret))
const kid = deriveKeyId(secret)
const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const part = (token: string, at: 0 | 1 | 2) => token.split('.')[at] ?? ''
const parsed = (token: string, at: 0 | 1) =>
  JSON.parse(Buffer.from(part(token, at), 'base64url').toString()) as Record<string, unknown>

/** Signs exactly these bytes with the real HS256 key: what jose's own signer would refuse to write. */
function sealed(header: string, payload: string, by = secret): string {
  return `${header}.${payload}.${createHmac('sha256', by).update(`${header}.${payload}`).digest('base64url')}`
}

const [ground = expect.fail('PGlite is always there')] = backends

describe('attacks on an HS256 access token', () => {
  let service: TestService
  let api: RunningApi
  let token: string
  let refreshToken: string
  /** Seconds of the service's clock. */
  const now = () => Math.floor(service.wechat.clock.now().getTime() / 1000)
  const tried = (attempt: string) => failureOf(device(api, 'phone').with(attempt).me.query())
  const header = (change: object = {}) => ({ alg: 'HS256', typ: 'at+jwt', kid, ...change })
  const claims = (change: object = {}) => ({ ...parsed(token, 1), ...change })
  /** The good token with its header and its claims changed, signed with the real key. */
  const signed = (headerChange: object = {}, claimChange: object = {}) =>
    sealed(text(header(headerChange)), text(claims(claimChange)))

  beforeAll(async () => {
    service = await ground.open()
    api = await service.start({ TOKEN_SECRET: `${secret},${oldSecret}` })
    const answer = await device(api, 'phone').login(service.wechat.person('alice'))
    token = answer.token
    refreshToken = answer.refreshToken
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('what the attacks start from is a good token', async () => {
    expect(signed()).toBe(token)
    expect(await tried(token)).toBe('none')
    expect(await tried(signed({}, { x: 1 }))).toBe('none')
  })

  describe('the algorithm', () => {
    test.each(['none', 'None', 'NONE', 'nOnE', ''])(
      '"%s" is refused, with and without a signature',
      async (alg) => {
        const unsigned = `${text(header({ alg }))}.${text(claims())}.`
        for (const attempt of [unsigned, unsigned.slice(0, -1), unsigned + part(token, 2), signed({ alg })])
          expect(await tried(attempt)).toBe('TOKEN_INVALID')
      },
    )

    test.each(['HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'EdDSA', 'dir', 'hs256', ' HS256', 'HS256 '])(
      '%s is refused',
      async (alg) => {
        expect(await tried(signed({ alg }))).toBe('TOKEN_INVALID')
      },
    )

    test('a real signature of another length of HMAC is refused', async () => {
      const jwt = new SignJWT(claims()).setProtectedHeader({ ...header(), alg: 'HS512' })
      expect(await tried(await jwt.sign(createSecretKey(Buffer.from(secret.repeat(2)))))).toBe(
        'TOKEN_INVALID',
      )
    })

    test.each([undefined, null, 7, ['HS256'], { HS256: true }])('%j is refused', async (alg) => {
      expect(await tried(signed({ alg }))).toBe('TOKEN_INVALID')
    })
  })

  describe('the key id', () => {
    test.each([
      '../../../../dev/null',
      '/dev/null',
      'file:///etc/passwd',
      'https://example.test/jwks.json',
      "x' OR '1'='1",
      "x' UNION SELECT 'secret' --",
      '__proto__',
      'constructor',
      'toString',
      `${kid}\u0000`,
      ` ${kid}`,
      kid.toLowerCase() === kid ? kid.toUpperCase() : kid.toLowerCase(),
      'x'.repeat(500),
      '',
    ])('%j is refused', async (wrong) => {
      expect(await tried(signed({ kid: wrong }))).toBe('TOKEN_INVALID')
      // Signed with the empty key that a reader of /dev/null would find.
      expect(await tried(sealed(text(header({ kid: wrong })), text(claims()), ''))).toBe('TOKEN_INVALID')
    })

    test.each([undefined, null, 0, true, [[kid]], { kid }])('%j is refused', async (wrong) => {
      expect(await tried(signed({ kid: wrong }))).toBe('TOKEN_INVALID')
    })

    test('one of our keys does not vouch for the signature of another', async () => {
      expect(await tried(signed({ kid: deriveKeyId(oldSecret) }))).toBe('TOKEN_INVALID')
      expect(
        await tried(sealed(text(header({ kid: deriveKeyId(oldSecret) })), text(claims()), oldSecret)),
      ).toBe('none')
    })

    test('a key that the token brings along is not looked at', async () => {
      const own = Buffer.from('a key of the attacker, as long as it takes')
      const jwk = { kty: 'oct', k: own.toString('base64url'), kid, alg: 'HS256' }
      for (const change of [
        { jwk },
        { jku: 'https://example.test/jwks.json' },
        { x5u: 'https://example.test' },
      ]) {
        const attempt = sealed(text(header(change)), text(claims()), own.toString())
        expect(await tried(attempt)).toBe('TOKEN_INVALID')
      }
    })
  })

  describe('the header', () => {
    test.each([undefined, 'JWT', 'rt+jwt', 'id+jwt', 'at', 'application/json', 7])(
      'the type %j is refused',
      async (typ) => {
        expect(await tried(signed({ typ }))).toBe('TOKEN_INVALID')
      },
    )

    test.each([
      { crit: ['exp'] },
      { crit: [] },
      { crit: ['unheard-of'], 'unheard-of': true },
      { crit: 'b64', b64: false },
      { crit: ['b64'], b64: false },
    ])('%j is refused', async (change) => {
      expect(await tried(signed(change))).toBe('TOKEN_INVALID')
    })

    test('a payload that is not encoded is refused', async () => {
      const head = text(header({ crit: ['b64'], b64: false }))
      expect(await tried(sealed(head, JSON.stringify(claims({ userName: 'alice' }))))).toBe('TOKEN_INVALID')
    })

    test('a header that names a field twice is read as its signer cannot have meant', async () => {
      const twice = `{"alg":"HS256","typ":"at+jwt","kid":"${kid}","alg":"none"}`
      const attempt = sealed(Buffer.from(twice).toString('base64url'), text(claims()))
      expect(await tried(attempt)).toBe('TOKEN_INVALID')
    })

    test.each(['null', '[]', '"HS256"', '{', ''])('the header %j is refused', async (json) => {
      const attempt = sealed(Buffer.from(json).toString('base64url'), text(claims()))
      expect(await tried(attempt)).toBe('TOKEN_INVALID')
    })
  })

  describe('the claims', () => {
    test.each([
      { iss: 'another' },
      { iss: undefined },
      { iss: ['kinpass'] },
      { aud: 'another' },
      { aud: undefined },
      { aud: ['another', 'kinpass-miniapp2'] },
      { sub: undefined },
      { sub: '' },
      { sub: '1 OR 1=1' },
      { sub: '-1' },
      { sub: '1.5' },
      { sub: '9'.repeat(20) },
      { sid: undefined },
      { sid: 7 },
      { sid: "'; DROP TABLE login_session; --" },
      { sid: 'not-a-uuid' },
      { exp: undefined },
      { exp: '9999999999' },
      { exp: null },
      { iat: undefined },
      { iat: 'yesterday' },
    ])('%j is refused', async (change) => {
      expect(await tried(signed({}, change))).toBe('TOKEN_INVALID')
    })

    test("another's session does not become one's own", async () => {
      const { member } = await device(api, 'laptop').login(service.wechat.person('bob'))
      expect(await tried(signed({}, { sub: member.id, userId: member.id }))).toBe('SESSION_ENDED')
    })

    test('a token of a session that never was is refused', async () => {
      expect(await tried(signed({}, { sid: '018f3c1e-7a60-7cc4-b7c1-3f9f6d7c1d7e' }))).toBe('SESSION_ENDED')
    })

    test.each(['null', '[]', '7', '"x"', '{', ''])('the payload %j is refused', async (json) => {
      const attempt = sealed(text(header()), Buffer.from(json).toString('base64url'))
      expect(await tried(attempt)).toBe('TOKEN_INVALID')
    })

    test('of a claim given twice the last counts, for the check as for the use', async () => {
      const { iss: _, ...rest } = claims()
      const json = (first: string, last: string) =>
        JSON.stringify(rest).replace('{', `{"iss":"${first}",`).replace(/}$/, `,"iss":"${last}"}`)
      const attempt = (first: string, last: string) =>
        sealed(text(header()), Buffer.from(json(first, last)).toString('base64url'))
      expect(await tried(attempt('kinpass', 'another'))).toBe('TOKEN_INVALID')
      expect(await tried(attempt('another', 'kinpass'))).toBe('none')
    })
  })

  describe('the time', () => {
    test('a token dies at its second', async () => {
      expect(await tried(signed({}, { exp: now() + 1 }))).toBe('none')
      expect(await tried(signed({}, { exp: now() }))).toBe('TOKEN_EXPIRED')
      expect(await tried(signed({}, { exp: now() - 1 }))).toBe('TOKEN_EXPIRED')
    })

    test('one that is not valid yet is refused, to the second', async () => {
      expect(await tried(signed({}, { nbf: now() + 1 }))).toBe('TOKEN_INVALID')
      expect(await tried(signed({}, { nbf: now() }))).toBe('none')
    })

    test('one of the future is refused, but for what two clocks may differ', async () => {
      expect(await tried(signed({}, { iat: now() + 60 }))).toBe('none')
      expect(await tried(signed({}, { iat: now() + 61 }))).toBe('TOKEN_INVALID')
    })

    test.each([-1, 0, Number.MAX_SAFE_INTEGER * 2, 1e308])(
      'an end at %j counts as it is written',
      async (exp) => {
        expect(await tried(signed({}, { exp }))).toBe(exp > 0 ? 'none' : 'TOKEN_EXPIRED')
      },
    )
  })

  describe('the bytes', () => {
    test('a change of any letter is noticed', async () => {
      for (let at = 0; at < token.length; at += 3) {
        if (token[at] === '.') continue
        const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
        expect(await tried(changed)).toBe('TOKEN_INVALID')
      }
    })

    test('parts of two good tokens do not make a third', async () => {
      service.wechat.clock.advance(1_000)
      const { token: bobs } = await device(api, 'laptop').login(service.wechat.person('bob'))
      for (const swapped of [
        [part(token, 0), part(bobs, 1), part(token, 2)],
        [part(token, 0), part(token, 1), part(bobs, 2)],
      ])
        expect(await tried(swapped.join('.'))).toBe('TOKEN_INVALID')
    })

    test.each([
      ['cut', (good: string) => good.slice(0, -1)],
      ['without its signature', (good: string) => `${part(good, 0)}.${part(good, 1)}.`],
      ['doubled', (good: string) => `${good}.${good}`],
      ['padded', (good: string) => `${good}=`],
      ['with a blank inside', (good: string) => `${good.slice(0, 20)} ${good.slice(20)}`],
      ['in JSON', (good: string) => JSON.stringify({ payload: part(good, 1), signature: part(good, 2) })],
      ['of 2049 letters', (good: string) => good + 'A'.repeat(2_049 - good.length)],
      ['of 12 000 letters', (good: string) => good + 'A'.repeat(12_000)],
    ])('one %s is refused', async (_name, change) => {
      expect(change(token)).not.toBe(token)
      expect(await tried(change(token))).toBe('TOKEN_INVALID')
    })

    test('one of a megabyte gets no further than the door', async () => {
      const response = await fetch(`${api.url}/trpc/me`, {
        headers: { authorization: 'A'.repeat(1_000_000) },
      })
      expect(response.status).toBe(431)
    })

    test('an encrypted token is refused', async () => {
      const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(claims())))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, typ: 'at+jwt' })
        .encrypt(createSecretKey(Buffer.from(secret)))
      expect(await tried(jwe)).toBe('TOKEN_INVALID')
    })
  })

  describe('the kind', () => {
    const renewed = (attempt: string) =>
      failureOf(device(api, 'phone').calls.session.renew.mutate({ refreshToken: attempt }))

    test('a refresh token is no access token', async () => {
      expect(await tried(refreshToken)).toBe('TOKEN_INVALID')
    })

    test('an access token is no refresh token', async () => {
      expect(await renewed(token)).toMatch(/^(REFRESH_TOKEN_INVALID|INPUT_INVALID)$/)
    })

    test.each([
      ['cut', (good: string) => good.slice(0, -1)],
      ['doubled', (good: string) => good + good],
      ['with a letter changed in its session', (good: string) => `A${good.slice(1)}`],
      ['with a letter changed in its generation', (good: string) => `${good.slice(0, 24)}B${good.slice(25)}`],
      ['with a letter changed in its secret', (good: string) => `${good.slice(0, -2)}AA`],
      ['padded', (good: string) => `${good}==`],
      ['with a blank', (good: string) => ` ${good}`],
      ['of nothing but zeros', () => 'A'.repeat(70)],
      ['of nothing but ones', () => '_'.repeat(69).concat('w')],
    ])('a refresh token %s is refused in the same words', async (_name, change) => {
      expect(await renewed(change(refreshToken))).toBe('REFRESH_TOKEN_INVALID')
    })

    test('a refresh token of a megabyte is refused before it is read', async () => {
      const body = JSON.stringify({ refreshToken: 'A'.repeat(1_000_000) })
      const response = await fetch(`${api.url}/trpc/session.renew`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      expect(response.status).toBe(413)
    })

    test('after all of this the good ones are good', async () => {
      expect(await tried(token)).toBe('none')
      expect(await renewed(refreshToken)).toBe('none')
    })
  })

  test('a refresh token of another environment is refused', async () => {
    await using elsewhere = await ground.open()
    const foreign = await elsewhere.start({ DATA_SECRET: 'M2kV8xT5qB9wL4nY7rC0zG3hJ6sD1fPu' })
    const answer = await device(foreign, 'phone').login(elsewhere.wechat.person('alice'))
    const renewal = device(api, 'phone').calls.session.renew.mutate({ refreshToken: answer.refreshToken })
    expect(await failureOf(renewal)).toBe('REFRESH_TOKEN_INVALID')
  })
})

describe('attacks on an ES256 access token', () => {
  let service: TestService
  let api: RunningApi
  let token: string
  let publicPem: string
  let attacker: Awaited<ReturnType<typeof generateKeyPair>>
  const tried = (attempt: string) => failureOf(device(api, 'phone').with(attempt).me.query())

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    attacker = await generateKeyPair('ES256', { extractable: true })
    publicPem = await exportSPKI(pair.publicKey)
    service = await ground.open()
    api = await service.start({
      TOKEN_ALGORITHM: 'ES256',
      TOKEN_PRIVATE_KEYS: JSON.stringify([await exportJWK(pair.privateKey)]),
    })
    token = (await device(api, 'phone').login(service.wechat.person('alice'))).token
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('what the attacks start from is a good token', async () => {
    expect(parsed(token, 0)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
    expect(await tried(token)).toBe('none')
  })

  test('one signed with the public key as a secret is refused', async () => {
    const publicKeys = [publicPem, publicPem.trim(), publicPem.replace(/-----[^-]+-----|\n/g, '')]
    const jwks = (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as { keys: unknown[] }
    publicKeys.push(JSON.stringify(jwks.keys[0]), JSON.stringify(jwks))
    for (const alg of ['HS256', 'HS384', 'HS512'])
      for (const publicKey of publicKeys) {
        const head = text({ ...parsed(token, 0), alg })
        const hash = alg.replace('HS', 'sha')
        const signature = createHmac(hash, publicKey)
          .update(`${head}.${part(token, 1)}`)
          .digest('base64url')
        expect(await tried(`${head}.${part(token, 1)}.${signature}`)).toBe('TOKEN_INVALID')
      }
  })

  test("one signed with the attacker's key is refused, also when it brings the key along", async () => {
    const jwk = await exportJWK(attacker.publicKey)
    for (const change of [{}, { jwk }, { jwk, kid: 'of the attacker' }]) {
      const header: JWTHeaderParameters = { alg: 'ES256', ...parsed(token, 0), ...change }
      const forged = await new SignJWT(parsed(token, 1)).setProtectedHeader(header).sign(attacker.privateKey)
      expect(await tried(forged)).toBe('TOKEN_INVALID')
    }
  })

  test('a signature of zeros is refused', async () => {
    const [head, payload] = token.split('.')
    expect(await tried(`${head}.${payload}.${Buffer.alloc(64).toString('base64url')}`)).toBe('TOKEN_INVALID')
  })

  test('other algorithms of the same key are refused', async () => {
    for (const alg of ['RS256', 'ES384', 'none']) {
      const head = text({ ...parsed(token, 0), alg })
      expect(await tried(`${head}.${part(token, 1)}.${part(token, 2)}`)).toBe('TOKEN_INVALID')
    }
  })

  test('an HS256 token of the time before the switch is refused', async () => {
    const jwt = new SignJWT(parsed(token, 1)).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
    expect(await tried(await jwt.sign(key))).toBe('TOKEN_INVALID')
  })
})
