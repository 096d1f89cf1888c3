import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNetwork, type NetworkOptions, WxError } from '../src/index.ts'

let server: http.Server
let origin = ''
/** Paths of the requests that have arrived; each test that reads them uses a path of its own. */
const arrivedPaths: (string | undefined)[] = []
let onSlowRequest = () => {}

beforeAll(async () => {
  server = http.createServer((request, response) => {
    arrivedPaths.push(request.url)
    if (request.url === '/never-responds') return
    if (request.url === '/slow') return onSlowRequest()
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
  // The address of a TCP server is an object.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Creates a network that leads to the server, and a function that sends a request through it. */
function connect(options: Partial<NetworkOptions> = {}) {
  const route = (url: string) => url.replace('https://api.example.com', origin)
  const network = createNetwork({ platform: 'ios', route, ...options })
  const emitted: string[] = []
  const send = (path: string, more: object = {}) =>
    network.wx.request?.(
      { url: `https://api.example.com${path}`, ...more },
      { signal: new AbortController().signal, emit: (name: string) => emitted.push(name) },
      // `WxStub` returns unknown; `wx.request` resolves with this shape.
    ) as Promise<{ data: Record<string, unknown>; statusCode: number }>
  return { network, send, emitted }
}

async function catchFailResult(call: Promise<unknown>): Promise<object> {
  const outcome: unknown = await call.catch((error: unknown) => error)
  if (outcome instanceof WxError) return outcome.result
  throw new Error('the call did not fail')
}

test("a request has WeChat's headers and its JSON body", async () => {
  const { send, emitted } = connect()
  const { data, statusCode } = await send('/', {
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

test('a response with any status succeeds, and a body that is not JSON stays text', async () => {
  await expect(connect().send('/html')).resolves.toMatchObject({ statusCode: 502, data: '<html>' })
})

test('a JSON body stays text with dataType text', async () => {
  await expect(connect().send('/', { dataType: 'text' })).resolves.toMatchObject({ data: expect.any(String) })
})

describe('network errors', () => {
  test('no request leaves a phone that is offline', async () => {
    const { network, send } = connect()
    network.isOnline = false
    expect(await catchFailResult(send('/offline'))).toMatchObject({
      errMsg: 'request:fail 似乎已断开与互联网的连接。',
    })
    expect(arrivedPaths).not.toContain('/offline')
    expect(await network.wx.getNetworkType?.({})).toEqual({ networkType: 'none' })
  })

  test('an offline phone with Android has the message of Android', async () => {
    const { network, send } = connect({ platform: 'android' })
    network.isOnline = false
    expect(await catchFailResult(send('/'))).toMatchObject({
      errMsg: expect.stringContaining('ERR_INTERNET_DISCONNECTED'),
    })
  })

  test('a request to a domain that is not on the list fails', async () => {
    const { send } = connect({ domains: ['https://other.example.com'] })
    expect(await catchFailResult(send('/'))).toMatchObject({
      errMsg: 'request:fail url not in domain list',
      errno: 600002,
    })
  })

  test('a request without a response fails after its timeout', async () => {
    const call = connect().send('/never-responds', { timeout: 20 })
    expect(await catchFailResult(call)).toMatchObject({ errno: 5 })
  })

  test('a connection that the server closes is reported as reset', async () => {
    expect(await catchFailResult(connect().send('/cut'))).toMatchObject({
      errMsg: 'request:fail 网络连接已中断。',
    })
  })

  test('a request to a closed port is reported as refused', async () => {
    // No service uses port 2, and the system never assigns it.
    const { send } = connect({ platform: 'android', route: () => 'http://127.0.0.1:2' })
    expect(await catchFailResult(send('/'))).toMatchObject({
      errMsg: expect.stringContaining('ERR_CONNECTION_REFUSED'),
    })
  })

  test('cut interrupts a request in flight', async () => {
    const { network, send } = connect()
    const arrives = new Promise<void>((resolve) => {
      onSlowRequest = resolve
    })
    const call = catchFailResult(send('/slow'))
    await arrives
    network.cut()
    expect(await call).toMatchObject({ errMsg: 'request:fail interrupted' })
  })

  test('a response can be lost after the server has processed the request', async () => {
    const { network, send } = connect()
    network.failNext('reset', 'after-sending')
    expect(await catchFailResult(send('/lost'))).toMatchObject({ errMsg: 'request:fail 网络连接已中断。' })
    expect(arrivedPaths.filter((path) => path === '/lost')).toHaveLength(1)
    await expect(send('/lost')).resolves.toMatchObject({ statusCode: 200 })
  })
})
