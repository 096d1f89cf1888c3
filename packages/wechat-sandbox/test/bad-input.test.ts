import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Sandbox, startSandbox } from '../src/index.ts'
import { endpoints } from '../src/server/endpoints/endpoints.ts'
import { bodyOf, rawRequest, sendRaw } from './_raw-http.ts'
import { exchangeLoginCode, fetchAccessToken, fetchJson, postJson, wechatUrl } from './_requests.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox[Symbol.asyncDispose]())

const ErrcodeBody = z.looseObject({ errcode: z.number().optional(), errmsg: z.string().optional() })
const RID = /rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

const RUNS = 400

const names = fc.constantFrom(
  ...['appid', 'secret', 'js_code', 'grant_type', 'access_token', 'openid', 'signature', 'sig_method'],
  ...['code', 'content', 'version', 'scene', 'force_refresh', '__proto__', 'constructor', 'toString'],
)

/** Valid values, values with special meaning in URLs, and arbitrary text. */
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
      // Unescaped values only contain what an HTTP request line may contain.
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

test('WeChat responds to any request with JSON and HTTP 200, or its gateway with 414', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
      targets(),
      bodies(),
      async (method, target, body) => {
        const response = await sendRaw(sandbox.url, rawRequest(method, target, body))
        expect(response.split(' ')[1]).toBe(target.length > 8_192 ? '414' : '200')
        if (target.length > 8_192) return
        const { errcode, errmsg } = ErrcodeBody.parse(JSON.parse(bodyOf(response)))
        if (errcode !== undefined && errcode !== 0) expect(errmsg).toMatch(RID)
      },
    ),
    { numRuns: RUNS },
  )
  expect((await exchangeLoginCode(sandbox, sandbox.person('alice').tapsLogin())).body.errcode).toBeUndefined()
})

test('the control plane responds to any request with JSON, a page or a client error', async () => {
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
        const response = await sendRaw(control, rawRequest(method, path || '/', body))
        expect(response).toMatch(/^HTTP\/1\.1 (200|302|400|404|405|409) /)
        if (!response.startsWith('HTTP/1.1 200')) return
        expect(response).toMatch(/content-type: (application\/json|text\/)/)
      },
    ),
    { numRuns: RUNS },
  )
  expect((await fetchJson(`${control}/_sandbox/people`)).status).toBe(200)
})

test.each([
  ['GET', '/sns/jscode2session'],
  ['GET', '/cgi-bin/token'],
])('%s %s reads the first of two parameters with the same name', async (_method, path) => {
  const response = await fetchJson(`${sandbox.url}${path}?appid=&appid=${sandbox.app.appId}`)
  expect(response.body).toMatchObject({ errcode: 41002 })
})

test('a request line with an absolute URL, as a proxy sends it, is accepted', async () => {
  const target = 'http://api.weixin.qq.com/sns/jscode2session?appid='
  expect(bodyOf(await sendRaw(sandbox.url, rawRequest('GET', target)))).toContain('appid missing, rid: ')
})

test('a path that WeChat does not have is refused with 40066', async () => {
  expect((await fetchJson(wechatUrl(sandbox, '/sns/nothing'))).body).toMatchObject({ errcode: 40066 })
})

test('an oversized URL gets 414, an oversized body 413', async () => {
  const longUrl = await fetch(`${sandbox.url}/sns/jscode2session?appid=${'x'.repeat(9_000)}`)
  expect(longUrl.status).toBe(414)
  const largeBody = await fetch(`${sandbox.url}/cgi-bin/stable_token`, {
    method: 'POST',
    body: 'x'.repeat(2_000_000),
  })
  expect(largeBody.status).toBe(413)
  expect(await largeBody.text()).toContain('<h1>413 Request Entity Too Large</h1>')
})

test.each(['', 'hello\r\n\r\n', 'GET\r\n\r\n', '\u0000\u0001\u0002', 'GET / HTTP/9.9\r\n\r\n'])(
  'malformed HTTP gets 400 or nothing, and the sandbox stays up (%j)',
  async (bytes) => {
    const response = await sendRaw(sandbox.url, bytes)
    if (response !== '') expect(response).toMatch(/^HTTP\/1\.1 400 /)
    expect((await fetchJson(wechatUrl(sandbox, '/cgi-bin/token'))).status).toBe(200)
  },
)

test('the sandbox stays up when a client disconnects within the body', async () => {
  const incomplete = Buffer.from(
    'POST /cgi-bin/stable_token HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"app',
  )
  await sendRaw(sandbox.url, incomplete)
  expect(await fetchAccessToken(sandbox)).toBeDefined()
})

test('a deeply nested body and a JSON array are refused with 47001', async () => {
  const url = wechatUrl(sandbox, '/cgi-bin/stable_token')
  const response = await fetchJson(url, { method: 'POST', body: '['.repeat(100_000) })
  expect(response.body).toMatchObject({ errcode: 47001 })
  expect((await postJson(url, [])).body).toMatchObject({ errcode: 47001 })
})

test('a field of the wrong type counts as missing', async () => {
  const url = wechatUrl(sandbox, '/cgi-bin/stable_token')
  expect((await postJson(url, { appid: 7, secret: {}, grant_type: [] })).body).toMatchObject({
    errcode: 41002,
  })
})
