import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNetwork, type NetworkOptions, WxFailure } from '../src/index.ts'

let server: http.Server
let origin = ''
let arrived = 0
let onSlow = () => {}

beforeAll(async () => {
  server = http.createServer((request, response) => {
    arrived++
    if (request.url === '/slow') return onSlow()
    if (request.url === '/cut') return request.socket.destroy()
    if (request.url === '/html') return response.writeHead(502).end('<html>')
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ method: request.method, headers: request.headers, body }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is an object.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** A network that leads to the server, and a way to ask it. */
function connect(options: Partial<NetworkOptions> = {}) {
  const route = (url: string) => url.replace('https://api.example.com', origin)
  const network = createNetwork({ platform: 'ios', route, ...options })
  const aborting = new AbortController()
  const emitted: string[] = []
  const ask = (path: string, more: object = {}) =>
    network.wx.request?.(
      { url: `https://api.example.com${path}`, ...more },
      { signal: aborting.signal, emit: (name: string) => emitted.push(name) },
    ) as Promise<{ data: Record<string, unknown>; statusCode: number }>
  return { network, ask, aborting, emitted }
}

async function failureOf(call: Promise<unknown>): Promise<object> {
  const outcome: unknown = await call.catch((error: unknown) => error)
  if (outcome instanceof WxFailure) return outcome.result
  throw new Error('the call did not fail')
}

test("a request carries WeChat's headers and its JSON", async () => {
  const { ask, emitted } = connect()
  const { data, statusCode } = await ask('/', {
    method: 'POST',
    data: { name: 'alice' },
    header: { 'x-own': '1' },
  })
  expect(statusCode).toBe(200)
  expect(data).toMatchObject({
    method: 'POST',
    body: '{"name":"alice"}',
    headers: {
      'content-type': 'application/json',
      'x-own': '1',
      referer: 'https://servicewechat.com/touristappid/0/page-frame.html',
    },
  })
  expect(emitted).toEqual(['onHeadersReceived'])
})

test('any status is a success, and what is no JSON stays text', async () => {
  await expect(connect().ask('/html')).resolves.toMatchObject({ statusCode: 502, data: '<html>' })
})

test('text is not parsed where it is asked for', async () => {
  await expect(connect().ask('/', { dataType: 'text' })).resolves.toMatchObject({ data: expect.any(String) })
})

describe('faults', () => {
  test('offline, nothing leaves the phone', async () => {
    const { network, ask } = connect()
    network.isOnline = false
    const before = arrived
    expect(await failureOf(ask('/'))).toMatchObject({ errMsg: 'request:fail 似乎已断开与互联网的连接。' })
    expect(arrived).toBe(before)
    expect(await network.wx.getNetworkType?.({})).toEqual({ networkType: 'none' })
  })

  test('Android says the same in other words', async () => {
    const { network, ask } = connect({ platform: 'android' })
    network.isOnline = false
    expect(await failureOf(ask('/'))).toMatchObject({
      errMsg: expect.stringContaining('ERR_INTERNET_DISCONNECTED'),
    })
  })

  test('a domain that is not on the list is refused', async () => {
    const { ask } = connect({ domains: ['https://other.example.com'] })
    expect(await failureOf(ask('/'))).toMatchObject({
      errMsg: 'request:fail url not in domain list',
      errno: 600002,
    })
  })

  test('time runs out', async () => {
    expect(await failureOf(connect().ask('/slow', { timeout: 20 }))).toMatchObject({ errno: 5 })
  })

  test('a connection that the server cuts is reset', async () => {
    expect(await failureOf(connect().ask('/cut'))).toMatchObject({ errMsg: 'request:fail 网络连接已中断。' })
  })

  test('nobody listens', async () => {
    const gone = http.createServer().listen(0, '127.0.0.1')
    await once(gone, 'listening')
    const { port } = gone.address() as AddressInfo
    gone.close()
    await once(gone, 'close')
    const { ask } = connect({ platform: 'android', route: () => `http://127.0.0.1:${port}` })
    expect(await failureOf(ask('/'))).toMatchObject({
      errMsg: expect.stringContaining('ERR_CONNECTION_REFUSED'),
    })
  })

  test('what is under way is cut when the mini-program goes to the background', async () => {
    const { network, ask } = connect()
    const arrives = new Promise<void>((resolve) => {
      onSlow = resolve
    })
    const call = failureOf(ask('/slow'))
    await arrives
    network.cut()
    expect(await call).toMatchObject({ errMsg: 'request:fail interrupted' })
  })

  test('an answer is lost though the server acted', async () => {
    const { network, ask } = connect()
    const before = arrived
    network.failNext('reset', 'after-sending')
    expect(await failureOf(ask('/'))).toMatchObject({ errMsg: 'request:fail 网络连接已中断。' })
    expect(arrived).toBe(before + 1)
    await expect(ask('/')).resolves.toMatchObject({ statusCode: 200 })
  })
})
