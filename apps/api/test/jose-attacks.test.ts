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
import { changeLetter } from './_change-letter.ts'
import { device } from './_device.ts'
import { fastBackend, type TestService } from './_service.ts'

const secret = 'q4cG2xU9vT0wB7mZ1kE5sN8yR3hJ6pLd'
const oldSecret = 'Z8nQ3bV6tY1uK5oX2wM9rF4gC7jH0sPe'
const key = createSecretKey(Buffer.from(secret))
const kid = deriveKeyId(secret)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const part = (token: string, at: 0 | 1 | 2) => token.split('.')[at] ?? ''
const parsed = (token: string, at: 0 | 1) =>
  JSON.parse(Buffer.from(part(token, at), 'base64url').toString()) as Record<string, unknown>

/** Signs exactly these bytes with the real HS256 key. jose refuses to write some of them. */
function signBytes(header: string, payload: string, by = secret): string {
  return `${header}.${payload}.${createHmac('sha256', by).update(`${header}.${payload}`).digest('base64url')}`
}

describe('attacks on an HS256 access token', () => {
  let service: TestService
  let api: RunningApi
  let token: string
  let refreshToken: string
  /** Seconds of the service's clock. */
  const now = () => Math.floor(service.wechat.clock.now().getTime() / 1000)
  const failureOfMe = (attempt: string) => failureOf(device(api, 'phone').with(attempt).me.query())
  const header = (change: object = {}) => ({ alg: 'HS256', typ: 'at+jwt', kid, ...change })
  const claims = (change: object = {}) => ({ ...parsed(token, 1), ...change })
  /** The valid token with changes to its header and claims, signed with the real key. */
  const sign = (headerChange: object = {}, claimChange: object = {}) =>
    signBytes(encode(header(headerChange)), encode(claims(claimChange)))

  beforeAll(async () => {
    service = await fastBackend.open()
    api = await service.start({ TOKEN_SECRET: `${secret},${oldSecret}` })
    const output = await device(api, 'phone').login(service.wechat.person('alice'))
    token = output.token
    refreshToken = output.refreshToken
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('the unchanged token is accepted', async () => {
    expect(sign()).toBe(token)
    expect(await failureOfMe(token)).toBe('none')
    expect(await failureOfMe(sign({}, { x: 1 }))).toBe('none')
  })

  describe('the algorithm', () => {
    test.each(['none', 'None', 'NONE', 'nOnE', ''])(
      'the algorithm "%s" is refused, with and without a signature',
      async (alg) => {
        const unsigned = `${encode(header({ alg }))}.${encode(claims())}.`
        for (const attempt of [unsigned, unsigned.slice(0, -1), unsigned + part(token, 2), sign({ alg })])
          expect(await failureOfMe(attempt)).toBe('TOKEN_INVALID')
      },
    )

    test.each(['HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'EdDSA', 'dir', 'hs256', ' HS256', 'HS256 '])(
      'the algorithm %s is refused',
      async (alg) => {
        expect(await failureOfMe(sign({ alg }))).toBe('TOKEN_INVALID')
      },
    )

    test('a valid HS512 signature is refused', async () => {
      const jwt = new SignJWT(claims()).setProtectedHeader({ ...header(), alg: 'HS512' })
      expect(await failureOfMe(await jwt.sign(createSecretKey(Buffer.from(secret.repeat(2)))))).toBe(
        'TOKEN_INVALID',
      )
    })

    test.each([undefined, null, 7, ['HS256'], { HS256: true }])(
      'the algorithm %j is refused',
      async (alg) => {
        expect(await failureOfMe(sign({ alg }))).toBe('TOKEN_INVALID')
      },
    )
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
    ])('the key id %j is refused', async (wrong) => {
      expect(await failureOfMe(sign({ kid: wrong }))).toBe('TOKEN_INVALID')
      // Signed with the empty key that a reader of /dev/null would find.
      expect(await failureOfMe(signBytes(encode(header({ kid: wrong })), encode(claims()), ''))).toBe(
        'TOKEN_INVALID',
      )
    })

    test.each([undefined, null, 0, true, [[kid]], { kid }])('the key id %j is refused', async (wrong) => {
      expect(await failureOfMe(sign({ kid: wrong }))).toBe('TOKEN_INVALID')
    })

    test('a signature by one key is refused under the id of another', async () => {
      expect(await failureOfMe(sign({ kid: deriveKeyId(oldSecret) }))).toBe('TOKEN_INVALID')
      expect(
        await failureOfMe(
          signBytes(encode(header({ kid: deriveKeyId(oldSecret) })), encode(claims()), oldSecret),
        ),
      ).toBe('none')
    })

    test('a key inside the token is not used', async () => {
      const attackerKey = Buffer.from('a key of the attacker, as long as it takes')
      const jwk = { kty: 'oct', k: attackerKey.toString('base64url'), kid, alg: 'HS256' }
      for (const change of [
        { jwk },
        { jku: 'https://example.test/jwks.json' },
        { x5u: 'https://example.test' },
      ]) {
        const attempt = signBytes(encode(header(change)), encode(claims()), attackerKey.toString())
        expect(await failureOfMe(attempt)).toBe('TOKEN_INVALID')
      }
    })
  })

  describe('the header', () => {
    test.each([undefined, 'JWT', 'rt+jwt', 'id+jwt', 'at', 'application/json', 7])(
      'the type %j is refused',
      async (typ) => {
        expect(await failureOfMe(sign({ typ }))).toBe('TOKEN_INVALID')
      },
    )

    test.each([
      { crit: ['exp'] },
      { crit: [] },
      { crit: ['unknown'], unknown: true },
      { crit: 'b64', b64: false },
      { crit: ['b64'], b64: false },
    ])('the header fields %j are refused', async (change) => {
      expect(await failureOfMe(sign(change))).toBe('TOKEN_INVALID')
    })

    test('a payload that is not encoded is refused', async () => {
      const head = encode(header({ crit: ['b64'], b64: false }))
      expect(await failureOfMe(signBytes(head, JSON.stringify(claims({ userName: 'alice' }))))).toBe(
        'TOKEN_INVALID',
      )
    })

    test('a header with two values of alg is refused', async () => {
      const twice = `{"alg":"HS256","typ":"at+jwt","kid":"${kid}","alg":"none"}`
      const attempt = signBytes(Buffer.from(twice).toString('base64url'), encode(claims()))
      expect(await failureOfMe(attempt)).toBe('TOKEN_INVALID')
    })

    test.each(['null', '[]', '"HS256"', '{', ''])('the header %j is refused', async (json) => {
      const attempt = signBytes(Buffer.from(json).toString('base64url'), encode(claims()))
      expect(await failureOfMe(attempt)).toBe('TOKEN_INVALID')
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
    ])('the claims %j are refused', async (change) => {
      expect(await failureOfMe(sign({}, change))).toBe('TOKEN_INVALID')
    })

    test('the session of another member is refused', async () => {
      const { member } = await device(api, 'laptop').login(service.wechat.person('bob'))
      expect(await failureOfMe(sign({}, { sub: member.id, userId: member.id }))).toBe('SESSION_ENDED')
    })

    test('a token of an unknown session is refused', async () => {
      expect(await failureOfMe(sign({}, { sid: '018f3c1e-7a60-7cc4-b7c1-3f9f6d7c1d7e' }))).toBe(
        'SESSION_ENDED',
      )
    })

    test.each(['null', '[]', '7', '"x"', '{', ''])('the payload %j is refused', async (json) => {
      const attempt = signBytes(encode(header()), Buffer.from(json).toString('base64url'))
      expect(await failureOfMe(attempt)).toBe('TOKEN_INVALID')
    })

    test('the last of two values of a claim counts', async () => {
      const { iss: _, ...rest } = claims()
      const json = (first: string, last: string) =>
        JSON.stringify(rest).replace('{', `{"iss":"${first}",`).replace(/}$/, `,"iss":"${last}"}`)
      const attempt = (first: string, last: string) =>
        signBytes(encode(header()), Buffer.from(json(first, last)).toString('base64url'))
      expect(await failureOfMe(attempt('kinpass', 'another'))).toBe('TOKEN_INVALID')
      expect(await failureOfMe(attempt('another', 'kinpass'))).toBe('none')
    })
  })

  describe('the time', () => {
    test('a token expires at its second', async () => {
      expect(await failureOfMe(sign({}, { exp: now() + 1 }))).toBe('none')
      expect(await failureOfMe(sign({}, { exp: now() }))).toBe('TOKEN_EXPIRED')
      expect(await failureOfMe(sign({}, { exp: now() - 1 }))).toBe('TOKEN_EXPIRED')
    })

    test('a token is refused until the second of nbf', async () => {
      expect(await failureOfMe(sign({}, { nbf: now() + 1 }))).toBe('TOKEN_INVALID')
      expect(await failureOfMe(sign({}, { nbf: now() }))).toBe('none')
    })

    test('a token issued more than 60 seconds in the future is refused', async () => {
      expect(await failureOfMe(sign({}, { iat: now() + 60 }))).toBe('none')
      expect(await failureOfMe(sign({}, { iat: now() + 61 }))).toBe('TOKEN_INVALID')
    })

    test.each([-1, 0, Number.MAX_SAFE_INTEGER * 2, 1e308])(
      'an expiry at %j is used as it is',
      async (exp) => {
        expect(await failureOfMe(sign({}, { exp }))).toBe(exp > 0 ? 'none' : 'TOKEN_EXPIRED')
      },
    )
  })

  describe('the bytes', () => {
    test('a token with any letter changed is refused', async () => {
      const lastLetters = [token.indexOf('.') - 1, token.lastIndexOf('.') - 1, token.length - 1]
      const everyThird = Array.from({ length: Math.ceil(token.length / 3) }, (_, index) => 3 * index)
      for (const at of [...everyThird, ...lastLetters])
        if (token[at] !== '.') expect(await failureOfMe(changeLetter(token, at))).toBe('TOKEN_INVALID')
    })

    test('a token made of parts of two valid tokens is refused', async () => {
      service.wechat.clock.advance(1_000)
      const { token: bobsToken } = await device(api, 'laptop').login(service.wechat.person('bob'))
      for (const swapped of [
        [part(token, 0), part(bobsToken, 1), part(token, 2)],
        [part(token, 0), part(token, 1), part(bobsToken, 2)],
      ])
        expect(await failureOfMe(swapped.join('.'))).toBe('TOKEN_INVALID')
    })

    test.each([
      ['cut', (valid: string) => valid.slice(0, -1)],
      ['without its signature', (valid: string) => `${part(valid, 0)}.${part(valid, 1)}.`],
      ['doubled', (valid: string) => `${valid}.${valid}`],
      ['padded', (valid: string) => `${valid}=`],
      ['with a blank inside', (valid: string) => `${valid.slice(0, 20)} ${valid.slice(20)}`],
      ['in JSON', (valid: string) => JSON.stringify({ payload: part(valid, 1), signature: part(valid, 2) })],
      ['of 2049 letters', (valid: string) => valid + 'A'.repeat(2_049 - valid.length)],
      ['of 12 000 letters', (valid: string) => valid + 'A'.repeat(12_000)],
    ])('a token %s is refused', async (_name, change) => {
      expect(change(token)).not.toBe(token)
      expect(await failureOfMe(change(token))).toBe('TOKEN_INVALID')
    })

    test('a token of a megabyte is refused with status 431', async () => {
      const response = await fetch(`${api.url}/trpc/me`, {
        headers: { authorization: 'A'.repeat(1_000_000) },
      })
      expect(response.status).toBe(431)
    })

    test('an encrypted token is refused', async () => {
      const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(claims())))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, typ: 'at+jwt' })
        .encrypt(createSecretKey(Buffer.from(secret)))
      expect(await failureOfMe(jwe)).toBe('TOKEN_INVALID')
    })
  })

  describe('the kind', () => {
    const failureOfRenew = (attempt: string) =>
      failureOf(device(api, 'phone').calls.session.renew.mutate({ refreshToken: attempt }))

    test('a refresh token is refused as an access token', async () => {
      expect(await failureOfMe(refreshToken)).toBe('TOKEN_INVALID')
    })

    test('an access token is refused as a refresh token', async () => {
      expect(await failureOfRenew(token)).toMatch(/^(REFRESH_TOKEN_INVALID|INPUT_INVALID)$/)
    })

    test.each([
      ['cut', (valid: string) => valid.slice(0, -1)],
      ['doubled', (valid: string) => valid + valid],
      ['with a letter changed in its session', (valid: string) => changeLetter(valid, 0)],
      ['with a letter changed in its generation', (valid: string) => changeLetter(valid, 24)],
      ['with a letter changed in its secret', (valid: string) => changeLetter(valid, -1)],
      ['padded', (valid: string) => `${valid}==`],
      ['with a blank', (valid: string) => ` ${valid}`],
      ['of nothing but zeros', () => 'A'.repeat(70)],
      ['of nothing but ones', () => '_'.repeat(69).concat('w')],
    ])('a refresh token %s is refused with REFRESH_TOKEN_INVALID', async (_name, change) => {
      expect(await failureOfRenew(change(refreshToken))).toBe('REFRESH_TOKEN_INVALID')
    })

    test('a refresh token of a megabyte is refused with status 413', async () => {
      const body = JSON.stringify({ refreshToken: 'A'.repeat(1_000_000) })
      const response = await fetch(`${api.url}/trpc/session.renew`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      expect(response.status).toBe(413)
    })

    test('the unchanged tokens are accepted after the attacks', async () => {
      expect(await failureOfMe(token)).toBe('none')
      expect(await failureOfRenew(refreshToken)).toBe('none')
    })
  })

  test('a refresh token of another DATA_SECRET is refused', async () => {
    await using otherService = await fastBackend.open()
    const foreign = await otherService.start({ DATA_SECRET: 'M2kV8xT5qB9wL4nY7rC0zG3hJ6sD1fPu' })
    const output = await device(foreign, 'phone').login(otherService.wechat.person('alice'))
    const renewal = device(api, 'phone').calls.session.renew.mutate({ refreshToken: output.refreshToken })
    expect(await failureOf(renewal)).toBe('REFRESH_TOKEN_INVALID')
  })
})

describe('attacks on an ES256 access token', () => {
  let service: TestService
  let api: RunningApi
  let token: string
  let publicPem: string
  let attacker: Awaited<ReturnType<typeof generateKeyPair>>
  const failureOfMe = (attempt: string) => failureOf(device(api, 'phone').with(attempt).me.query())

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    attacker = await generateKeyPair('ES256', { extractable: true })
    publicPem = await exportSPKI(pair.publicKey)
    service = await fastBackend.open()
    api = await service.start({
      TOKEN_ALGORITHM: 'ES256',
      TOKEN_PRIVATE_KEYS: JSON.stringify([await exportJWK(pair.privateKey)]),
    })
    token = (await device(api, 'phone').login(service.wechat.person('alice'))).token
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('the unchanged token is accepted', async () => {
    expect(parsed(token, 0)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
    expect(await failureOfMe(token)).toBe('none')
  })

  test('a token signed with the public key as an HMAC secret is refused', async () => {
    const publicKeys = [publicPem, publicPem.trim(), publicPem.replace(/-----[^-]+-----|\n/g, '')]
    const jwks = (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as { keys: unknown[] }
    publicKeys.push(JSON.stringify(jwks.keys[0]), JSON.stringify(jwks))
    for (const alg of ['HS256', 'HS384', 'HS512'])
      for (const publicKey of publicKeys) {
        const head = encode({ ...parsed(token, 0), alg })
        const hash = alg.replace('HS', 'sha')
        const signature = createHmac(hash, publicKey)
          .update(`${head}.${part(token, 1)}`)
          .digest('base64url')
        expect(await failureOfMe(`${head}.${part(token, 1)}.${signature}`)).toBe('TOKEN_INVALID')
      }
  })

  test("a token signed with the attacker's key is refused, also with that key in its header", async () => {
    const jwk = await exportJWK(attacker.publicKey)
    for (const change of [{}, { jwk }, { jwk, kid: 'of the attacker' }]) {
      const header: JWTHeaderParameters = { alg: 'ES256', ...parsed(token, 0), ...change }
      const forged = await new SignJWT(parsed(token, 1)).setProtectedHeader(header).sign(attacker.privateKey)
      expect(await failureOfMe(forged)).toBe('TOKEN_INVALID')
    }
  })

  test('a signature of zeros is refused', async () => {
    const [head, payload] = token.split('.')
    expect(await failureOfMe(`${head}.${payload}.${Buffer.alloc(64).toString('base64url')}`)).toBe(
      'TOKEN_INVALID',
    )
  })

  test('other algorithms of the same key are refused', async () => {
    for (const alg of ['RS256', 'ES384', 'none']) {
      const head = encode({ ...parsed(token, 0), alg })
      expect(await failureOfMe(`${head}.${part(token, 1)}.${part(token, 2)}`)).toBe('TOKEN_INVALID')
    }
  })

  test('an HS256 token from before the switch to ES256 is refused', async () => {
    const jwt = new SignJWT(parsed(token, 1)).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
    expect(await failureOfMe(await jwt.sign(key))).toBe('TOKEN_INVALID')
  })
})
