import type { RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createWeChat } from '../src/index.ts'
import { app, loginCode, loginResponse } from './_fake-wechat.ts'
import { startTestServer } from './_odd-server.ts'

async function exchangeWith(answer: RequestListener, deadlineMs = 60_000) {
  await using server = await startTestServer(answer)
  await using wechat = createWeChat({ ...app, baseUrl: server.url, deadlineMs })
  const outcome = await wechat.exchangeLoginCode(loginCode).catch((error: unknown) => error)
  return { outcome, requests: server.requests }
}

const json = JSON.stringify(loginResponse)

test.each<[string, RequestListener]>([
  ['text/plain', (_, response) => response.setHeader('content-type', 'text/plain').end(json)],
  ['no content type', (_, response) => response.end(json)],
  ['a byte order mark', (_, response) => response.end(`\uFEFF${json}`)],
  [
    'letters cut between two packets',
    (_, response) => {
      const bytes = Buffer.from(JSON.stringify({ ...loginResponse, extra: '好柿开花' }))
      response.write(bytes.subarray(0, bytes.length - 6), () =>
        response.end(bytes.subarray(bytes.length - 6)),
      )
    },
  ],
])('an answer with %s is read', async (_, answer) => {
  const { outcome } = await exchangeWith(answer)
  expect(outcome).toMatchObject({ openId: loginResponse.openid })
})

test.each<[string, RequestListener, object]>([
  ['a connection that is cut', (request) => request.destroy(), { reason: 'network', sent: 'unknown' }],
  ['silence', () => {}, { reason: 'timeout', sent: 'unknown' }],
  ['a body that stops', (_, response) => response.write('{'), { reason: 'timeout', sent: true }],
  [
    'a body that is shorter than it says',
    (_, response) => response.writeHead(200, { 'content-length': 500 }).write('{', () => response.destroy()),
    { reason: 'network', sent: true },
  ],
  [
    'a gateway page',
    (_, response) => response.writeHead(502).end('<html>'),
    { reason: 'http-5xx', sent: true },
  ],
  [
    'a 500 with JSON of no meaning',
    (_, response) => response.writeHead(500).end('{}'),
    { reason: 'http-5xx' },
  ],
  ['an errcode with a 503', (_, response) => response.writeHead(503).end('{"errcode":-1}'), { errcode: -1 }],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    { reason: 'not-json' },
  ],
  ['a login page', (_, response) => response.end('<html>'), { reason: 'not-json', status: 200 }],
  ['nothing', (_, response) => response.end(), { reason: 'not-json' }],
  ['an empty 204', (_, response) => response.writeHead(204).end(), { reason: 'not-json' }],
  ['an array', (_, response) => response.end('[]'), { reason: 'not-json' }],
  ['half a session', (_, response) => response.end('{"openid":"o"}'), { reason: 'shape' }],
  ['an errcode that is a word', (_, response) => response.end('{"errcode":"soon"}'), { reason: 'shape' }],
  ['a megabyte', (_, response) => response.end(' '.repeat(1_048_576) + json), { reason: 'too-large' }],
])('%s ends in an error that says so, and the code is sent once', async (_, answer, facts) => {
  const deadlineMs = 'reason' in facts && facts.reason === 'timeout' ? 1_000 : undefined
  const { outcome, requests } = await exchangeWith(answer, deadlineMs)
  expect(outcome).toMatchObject(facts)
  expect(requests).toBe(1)
  const everything = inspect(outcome, { depth: null, showHidden: true })
  for (const secret of [app.secret, loginCode, 'http://']) expect(everything).not.toContain(secret)
})

// 421 says that the server did not handle the request; fetch itself sends it once more, and nothing can forbid it.
test('a 421 ends in an error, although fetch sends the code twice', async () => {
  const { outcome, requests } = await exchangeWith((_, response) => response.writeHead(421).end())
  expect(outcome).toMatchObject({ reason: 'not-json', status: 421 })
  expect(requests).toBe(2)
})

test('a server that is not there has not seen the code', async () => {
  const gone = await startTestServer((_, response) => response.end())
  await gone[Symbol.asyncDispose]()
  await using wechat = createWeChat({ ...app, baseUrl: gone.url })
  await expect(wechat.exchangeLoginCode(loginCode)).rejects.toMatchObject({ reason: 'network', sent: false })
})
