import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Sandbox, startSandbox } from '../src/index.ts'
import { endpoints } from '../src/server/endpoints/endpoints.ts'
import { exchangeLoginCode, fetchAccessToken, fetchJson, postJson, wechatUrl } from './_ask.ts'
import { bodyOf, rawRequest, sendRaw } from './_raw.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox[Symbol.asyncDispose]())

const Answer = z.looseObject({ errcode: z.number().optional(), errmsg: z.string().optional() })
const RID = /rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

const RUNS = 400

const names = fc.constantFrom(
  ...['appid', 'secret', 'js_code', 'grant_type', 'access_token', 'openid', 'signature', 'sig_method'],
  ...['code', 'content', 'version', 'scene', 'force_refresh', '__proto__', 'constructor', 'toString'],
)

/** Values that come near to the real ones, and values that come near to nothing. */
const values = () =>
  fc.oneof(
    fc.constantFrom(sandbox.app.appId, sandbox.app.secret, 'client_credential', 'authorization_code'),
    fc.constantFrom('hmac_sha256', '', '%', '%ZZ', '%C3%28', '%00', '柿', '\u{1f34a}', 'a'.repeat(5_000)),
    fc.string({ unit: 'binary', maxLength: 50 }),
  )

const targets = () =>
  fc
    .tuple(
      fc.constantFrom(...endpoints.map(({ path }) => path), '/', '//sns//jscode2session', '/nowhere'),
      fc.array(fc.tuple(names, values(), fc.boolean()), { maxLength: 8 }),
    )
    .map(([path, pairs]) => {
      // Unescaped values are kept to what may stand in an HTTP request line.
      const query = pairs.map(([name, value, isRaw]) => {
        const text = isRaw ? value.replace(/[^\x21-\x7e]/g, '') : encodeURIComponent(value)
        return `${name}=${text}`
      })
      return `${path}?${query.join('&')}`
    })

const bodies = () =>
  fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .dictionary(names, fc.oneof(values(), fc.integer(), fc.boolean(), fc.constant(null), fc.jsonValue()))
      .map((body) => Buffer.from(JSON.stringify(body))),
  )

test('whatever is sent, WeChat answers in JSON with HTTP 200, or its gateway turns it away', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
      targets(),
      bodies(),
      async (method, target, body) => {
        const answer = await sendRaw(sandbox.url, rawRequest(method, target, body))
        expect(answer.split(' ')[1]).toBe(target.length > 8_192 ? '414' : '200')
        if (target.length > 8_192) return
        const { errcode, errmsg } = Answer.parse(JSON.parse(bodyOf(answer)))
        if (errcode !== undefined && errcode !== 0) expect(errmsg).toMatch(RID)
      },
    ),
    { numRuns: RUNS },
  )
  expect((await exchangeLoginCode(sandbox, sandbox.person('alice').tapsLogin())).body.errcode).toBeUndefined()
})

test('whatever is thrown at the control plane, it answers with JSON or a sentence', async () => {
  await using sandbox = await startSandbox({ controlPort: 0 })
  const control = sandbox.controlUrl ?? ''
  const { routes: known } = z
    .object({ routes: z.array(z.object({ method: z.string(), path: z.string() })) })
    .parse((await fetchJson(`${control}/_sandbox`)).body)
  const paths = known.map(({ path }) => path.replaceAll(/:(\w+)/g, 'alice'))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      fc.oneof(fc.constantFrom(...paths), fc.webPath()),
      bodies(),
      async (method, path, body) => {
        const answer = await sendRaw(control, rawRequest(method, path || '/', body))
        expect(answer).toMatch(/^HTTP\/1\.1 (200|302|400|404|405|409) /)
        if (!answer.startsWith('HTTP/1.1 200')) return
        expect(answer).toMatch(/content-type: (application\/json|text\/)/)
      },
    ),
    { numRuns: RUNS },
  )
  expect((await fetchJson(`${control}/_sandbox/people`)).status).toBe(200)
})

test.each([
  ['GET', '/sns/jscode2session'],
  ['GET', '/cgi-bin/token'],
])('of a doubled parameter the first counts (%s %s)', async (_method, path) => {
  const answer = await fetchJson(`${sandbox.url}${path}?appid=&appid=${sandbox.app.appId}`)
  expect(answer.body).toMatchObject({ errcode: 41002 })
})

test('an absolute address, as a proxy sends it, is understood', async () => {
  const target = 'http://api.weixin.qq.com/sns/jscode2session?appid='
  expect(bodyOf(await sendRaw(sandbox.url, rawRequest('GET', target)))).toContain('appid missing, rid: ')
})

test('a path that WeChat does not have is 40066', async () => {
  expect((await fetchJson(wechatUrl(sandbox, '/sns/nothing'))).body).toMatchObject({ errcode: 40066 })
})

test('an endless address is 414, an endless body 413', async () => {
  const long = await fetch(`${sandbox.url}/sns/jscode2session?appid=${'x'.repeat(9_000)}`)
  expect(long.status).toBe(414)
  const large = await fetch(`${sandbox.url}/cgi-bin/stable_token`, {
    method: 'POST',
    body: 'x'.repeat(2_000_000),
  })
  expect(large.status).toBe(413)
  expect(await large.text()).toContain('<h1>413 Request Entity Too Large</h1>')
})

test.each(['', 'hello\r\n\r\n', 'GET\r\n\r\n', '\u0000\u0001\u0002', 'GET / HTTP/9.9\r\n\r\n'])(
  'what is not HTTP at all does no harm (%j)',
  async (bytes) => {
    const answer = await sendRaw(sandbox.url, bytes)
    if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect((await fetchJson(wechatUrl(sandbox, '/cgi-bin/token'))).status).toBe(200)
  },
)

test('a caller who hangs up half-way does no harm', async () => {
  const promised = Buffer.from(
    'POST /cgi-bin/stable_token HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"app',
  )
  await sendRaw(sandbox.url, promised)
  expect(await fetchAccessToken(sandbox)).toBeDefined()
})

test('a JSON body of a thousand nested brackets is a wrong body', async () => {
  const url = wechatUrl(sandbox, '/cgi-bin/stable_token')
  const answer = await fetchJson(url, { method: 'POST', body: '['.repeat(100_000) })
  expect(answer.body).toMatchObject({ errcode: 47001 })
  expect((await postJson(url, [])).body).toMatchObject({ errcode: 47001 })
})

test('fields of the wrong type are as good as missing', async () => {
  const url = wechatUrl(sandbox, '/cgi-bin/stable_token')
  expect((await postJson(url, { appid: 7, secret: {}, grant_type: [] })).body).toMatchObject({
    errcode: 41002,
  })
})
