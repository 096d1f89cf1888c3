import type { RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createWeChat } from '../src/index.ts'
import { app, loginCode, loginResponse } from './_fake-wechat.ts'
import { reserveRefusingPort, startTestServer, type TestServer } from './_test-server.ts'

/** Generous, because a loaded machine must not exceed it. */
const DEADLINE_MS = 60_000
const SHORT_DEADLINE_MS = 20

async function exchangeWith(
  respond: RequestListener,
  options: { deadlineMs?: number; fetchFor?: (server: TestServer) => typeof fetch } = {},
) {
  await using server = await startTestServer(respond)
  await using wechat = createWeChat({
    ...app,
    baseUrl: server.url,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    ...(options.fetchFor && { fetch: options.fetchFor(server) }),
  })
  const outcome = await wechat.exchangeLoginCode(loginCode).catch((error: unknown) => error)
  return { outcome, requests: server.requests }
}

/** Applies the deadline only after the server has received the request, or after the response headers have arrived. */
function fetchWithLateDeadline(after: 'request' | 'headers') {
  return (server: TestServer): typeof fetch =>
    async (input, init) => {
      const controller = new AbortController()
      const response = fetch(input, { ...init, signal: controller.signal })
      const deadline = init?.signal
      void (after === 'request' ? server.firstRequest : response).then(() => {
        if (deadline?.aborted) controller.abort(deadline.reason)
        else deadline?.addEventListener('abort', () => controller.abort(deadline.reason))
      })
      return response
    }
}

const json = JSON.stringify(loginResponse)

test.each<[string, RequestListener]>([
  [
    'the content type text/plain',
    (_, response) => response.setHeader('content-type', 'text/plain').end(json),
  ],
  ['no content type', (_, response) => response.end(json)],
  ['a byte order mark', (_, response) => response.end(`\uFEFF${json}`)],
  [
    'a UTF-8 character split over two packets',
    (_, response) => {
      const bytes = Buffer.from(JSON.stringify({ ...loginResponse, extra: '好柿开花' }))
      response.write(bytes.subarray(0, bytes.length - 6), () =>
        response.end(bytes.subarray(bytes.length - 6)),
      )
    },
  ],
])('a response with %s is parsed', async (_, respond) => {
  const { outcome } = await exchangeWith(respond)
  expect(outcome).toMatchObject({ openId: loginResponse.openid })
})

test.each<[string, RequestListener, object]>([
  ['a closed connection', (request) => request.destroy(), { reason: 'network', sent: 'unknown' }],
  ['a missing response', () => {}, { reason: 'timeout', sent: 'unknown' }],
  ['a body that never ends', (_, response) => response.write('{'), { reason: 'timeout', sent: true }],
  [
    'a body shorter than its content-length',
    (_, response) => response.writeHead(200, { 'content-length': 500 }).write('{', () => response.destroy()),
    { reason: 'network', sent: true },
  ],
  [
    'the 502 page of a gateway',
    (_, response) => response.writeHead(502).end('<html>'),
    { reason: 'http-5xx', sent: true },
  ],
  [
    'a 500 with an empty JSON object',
    (_, response) => response.writeHead(500).end('{}'),
    { reason: 'http-5xx' },
  ],
  ['a 503 with an errcode', (_, response) => response.writeHead(503).end('{"errcode":-1}'), { errcode: -1 }],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    { reason: 'not-json' },
  ],
  [
    'the page of a captive portal',
    (_, response) => response.end('<html>'),
    { reason: 'not-json', status: 200 },
  ],
  ['an empty 200', (_, response) => response.end(), { reason: 'not-json' }],
  ['an empty 204', (_, response) => response.writeHead(204).end(), { reason: 'not-json' }],
  ['an array', (_, response) => response.end('[]'), { reason: 'not-json' }],
  ['a session without a key', (_, response) => response.end('{"openid":"o"}'), { reason: 'shape' }],
  ['an errcode that is no number', (_, response) => response.end('{"errcode":"soon"}'), { reason: 'shape' }],
  [
    'a body of a megabyte',
    (_, response) => response.end(' '.repeat(1_048_576) + json),
    { reason: 'too-large' },
  ],
])('%s becomes an error without secrets, and the code is sent once', async (_, respond, details) => {
  const isTimeout = 'reason' in details && details.reason === 'timeout'
  const hasHeaders = 'sent' in details && details.sent === true
  const { outcome, requests } = await exchangeWith(
    respond,
    isTimeout
      ? { deadlineMs: SHORT_DEADLINE_MS, fetchFor: fetchWithLateDeadline(hasHeaders ? 'headers' : 'request') }
      : {},
  )
  expect(outcome).toMatchObject(details)
  expect(requests).toBe(1)
  const printed = inspect(outcome, { depth: null, showHidden: true })
  for (const secret of [app.secret, loginCode, 'http://']) expect(printed).not.toContain(secret)
})

// After HTTP 421 (misdirected request) fetch itself sends the request again. No option of fetch prevents this.
test('HTTP 421 becomes an error, although fetch sends the code twice', async () => {
  const { outcome, requests } = await exchangeWith((_, response) => response.writeHead(421).end())
  expect(outcome).toMatchObject({ reason: 'not-json', status: 421 })
  expect(requests).toBe(2)
})

test('a refused connection is reported with sent: false', async () => {
  await using refusing = await reserveRefusingPort()
  await using wechat = createWeChat({ ...app, baseUrl: refusing.url, deadlineMs: DEADLINE_MS })
  await expect(wechat.exchangeLoginCode(loginCode)).rejects.toMatchObject({ reason: 'network', sent: false })
})
