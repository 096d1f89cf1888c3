import { getEventListeners } from 'node:events'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { AbortController as PackageAbortController } from '../src/abort-controller.ts'
import { TransportError, toTransportErrorCode } from '../src/index.ts'
import { catchClientError, createTestClient } from './_client.ts'
import { startHttpServer, startTrpcServer } from './_server.ts'
import { createFailingRequest, wxRequest } from './_wx-request.ts'

/** Starts a server on which a test can wait until the procedure `neverResponds` is called. */
async function startSilentServer() {
  let onCall = () => {}
  const called = new Promise<void>((resolve) => {
    onCall = resolve
  })
  const server = await startTrpcServer(onCall)
  return Object.assign(server, { called })
}

describe('responses that are not from the API', () => {
  const html = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'
  test.each([
    ['an HTML page with status 502', 502, html, 'gateway'],
    ['an empty body with status 504', 504, '', 'gateway'],
    ["a gateway's own JSON", 503, '{"error":{"code":503,"message":"no upstream"}}', 'gateway'],
    ['an HTML page with status 200, as a captive portal sends it', 200, html, 'unreadable'],
    ['an empty body', 200, '', 'unreadable'],
    ['truncated JSON', 200, '{"result":{"data":{"token":"ey', 'unreadable'],
    ['JSON that is not from tRPC', 200, '{"ok":true}', 'unreadable'],
    ['null', 200, 'null', 'unreadable'],
    ['a list, as in a batch response', 200, '[{"result":{"data":1}}]', 'unreadable'],
  ] as const)('%s is a TransportError, never data', async (_, status, body, code) => {
    await using server = await startHttpServer((_, response) => response.writeHead(status).end(body))
    const error = await catchClientError(createTestClient(server.url).ping.query())
    expect(toTransportErrorCode(error)).toBe(code)
    expect(error.cause).toBeInstanceOf(TransportError)
    expect(error.cause).toMatchObject({ status })
    expect(error.data).toBeUndefined()
    expect(error.meta?.response).toMatchObject({ statusCode: status })
  })

  test('a body that the platform has already parsed is accepted', async () => {
    const client = createTestClient('http://api.invalid', {
      request: ({ success }) => {
        success({ statusCode: 200, data: { result: { data: 'pong' } } })
        return {}
      },
    })
    await expect(client.ping.query()).resolves.toBe('pong')
  })
})

describe('requests without a response', () => {
  test('a request that cannot leave the phone is offline', async () => {
    const options = { request: createFailingRequest({ errMsg: 'request:fail 似乎已断开与互联网的连接。' }) }
    const error = await catchClientError(createTestClient('https://api.invalid', options).ping.query())
    expect(error.cause).toMatchObject({
      code: 'offline',
      platformMessage: 'request:fail 似乎已断开与互联网的连接。',
    })
    expect(error.message).not.toContain('互联网')
  })

  test('a request to a closed port is offline', async () => {
    // No service uses port 2, and the system never assigns it.
    const client = createTestClient('http://127.0.0.1:2')
    expect(toTransportErrorCode(await catchClientError(client.ping.query()))).toBe('offline')
  })

  test('a request whose connection is closed is interrupted', async () => {
    await using server = await startHttpServer((request) => request.socket.destroy())
    expect(toTransportErrorCode(await catchClientError(createTestClient(server.url).ping.query()))).toBe(
      'interrupted',
    )
  })

  test('a request whose response is cut off is interrupted', async () => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"result":')
      response.socket?.end()
    })
    expect(toTransportErrorCode(await catchClientError(createTestClient(server.url).ping.query()))).toBe(
      'interrupted',
    )
  })

  test('an error that the platform throws is the error of the call', async () => {
    const client = createTestClient('https://api.invalid', {
      request: () => {
        throw new TypeError('parameter.url should be String')
      },
    })
    expect((await catchClientError(client.ping.query())).message).toBe('parameter.url should be String')
  })
})

describe('timeouts', () => {
  test("a call that exceeds the link's timeout fails, and its request is aborted", async () => {
    await using server = await startSilentServer()
    const error = await catchClientError(
      createTestClient(server.url, { timeoutMs: 50 }).neverResponds.query(),
    )
    expect(toTransportErrorCode(error)).toBe('timeout')
    await server.allRequestsClosed()
  })

  test("a call's own timeout overrides the link's", async () => {
    await using server = await startSilentServer()
    const call = createTestClient(server.url).neverResponds.query(undefined, { context: { timeoutMs: 50 } })
    expect(toTransportErrorCode(await catchClientError(call))).toBe('timeout')
  })

  test('a call times out and aborts its request on a platform without timeouts', async () => {
    const abort = vi.fn()
    const client = createTestClient('https://api.invalid', { request: () => ({ abort }), timeoutMs: 20 })
    expect(toTransportErrorCode(await catchClientError(client.ping.query()))).toBe('timeout')
    expect(abort).toHaveBeenCalledOnce()
  })

  test('a call times out where the task has no abort', async () => {
    const client = createTestClient('https://api.invalid', { request: () => ({}), timeoutMs: 20 })
    expect(toTransportErrorCode(await catchClientError(client.ping.query()))).toBe('timeout')
  })

  test('the timer of a call is cleared when the call ends', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const request = createFailingRequest({ errMsg: 'request:fail timeout' })
    await catchClientError(createTestClient('https://api.invalid', { request }).ping.query())
    expect(vi.getTimerCount()).toBe(0)
  })

  test("the platform's own timeout has the code timeout", async () => {
    const client = createTestClient('https://api.invalid', {
      request: createFailingRequest({ errMsg: 'request:fail timeout', errno: 5 }),
    })
    expect(toTransportErrorCode(await catchClientError(client.ping.query()))).toBe('timeout')
  })
})

describe('abort signals', () => {
  test.each([
    ['the platform', () => new AbortController()],
    // It implements less than the type declares; the link uses only what it implements.
    ['this package', () => new PackageAbortController() as unknown as AbortController],
  ])('a signal of %s ends the call and the request on the network', async (_, createController) => {
    await using server = await startSilentServer()
    const controller = createController()
    const call = catchClientError(
      createTestClient(server.url).neverResponds.query(undefined, { signal: controller.signal }),
    )
    await server.called
    controller.abort()
    expect(toTransportErrorCode(await call)).toBe('aborted')
    await server.allRequestsClosed()
  })

  test('an aborted signal prevents the request and the call of headers', async () => {
    const client = createTestClient('https://api.invalid', {
      request: () => expect.unreachable('no request may be sent'),
      headers: () => expect.unreachable('headers may not be called'),
    })
    const call = client.ping.query(undefined, { signal: AbortSignal.abort() })
    expect(toTransportErrorCode(await catchClientError(call))).toBe('aborted')
  })

  test('an abort while headers is pending prevents the request', async () => {
    const controller = new AbortController()
    let resolveHeaders = () => {}
    const headers = new Promise<Record<string, string>>((resolve) => {
      resolveHeaders = () => resolve({})
    })
    const request = vi.fn(() => ({}))
    const client = createTestClient('https://api.invalid', { headers: () => headers, request })
    const call = catchClientError(client.ping.query(undefined, { signal: controller.signal }))
    controller.abort()
    resolveHeaders()
    expect(toTransportErrorCode(await call)).toBe('aborted')
    await headers
    expect(request).not.toHaveBeenCalled()
  })

  test('an abort after the response does nothing, and no listener remains on the signal', async () => {
    await using server = await startTrpcServer()
    const controller = new AbortController()
    const abort = vi.fn()
    const client = createTestClient(server.url, {
      request: (options) => Object.assign(wxRequest(options), { abort }),
    })
    await expect(client.ping.query(undefined, { signal: controller.signal })).resolves.toBe('pong')
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    controller.abort()
    expect(abort).not.toHaveBeenCalled()
  })
})
