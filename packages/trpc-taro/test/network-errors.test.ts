import { getEventListeners } from 'node:events'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { AbortController as SmallAbortController } from '../src/abort-controller.ts'
import { TransportError, toTransportErrorCode } from '../src/index.ts'
import { startHttpServer, startTrpcServer } from './_server.ts'
import { createTestClient, catchClientError } from './_client.ts'
import { createFailingRequest, wxRequest } from './_wx-request.ts'

/** A call that the server has got and answers when told to. */
async function slowApi() {
  let slowMayAnswer = () => {}
  let onSlowCalled = () => {}
  const called = new Promise<void>((resolve) => {
    onSlowCalled = resolve
  })
  const api = await startTrpcServer({
    slowMayRespond: new Promise<void>((resolve) => {
      slowMayAnswer = resolve
    }),
    onSlowCalled,
  })
  return Object.assign(api, { called, letAnswer: slowMayAnswer })
}

describe('an answer that is not from the API', () => {
  const html = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'
  test.each([
    ['an HTML page with status 502', 502, html, 'gateway'],
    ['an empty body with status 504', 504, '', 'gateway'],
    ["a gateway's own JSON", 503, '{"error":{"code":503,"message":"no upstream"}}', 'gateway'],
    ['an HTML page with status 200, as a hotel network sends it', 200, html, 'unreadable'],
    ['an empty body', 200, '', 'unreadable'],
    ['JSON that is cut short', 200, '{"result":{"data":{"token":"ey', 'unreadable'],
    ['JSON of somebody else', 200, '{"ok":true}', 'unreadable'],
    ['null', 200, 'null', 'unreadable'],
    ['a list, as a batch would be', 200, '[{"result":{"data":1}}]', 'unreadable'],
  ] as const)('%s is a failure with a code, never data', async (_, status, body, failure) => {
    await using server = await startHttpServer((_, response) => response.writeHead(status).end(body))
    const error = await catchClientError(createTestClient(server.url).ping.query())
    expect(toTransportErrorCode(error)).toBe(failure)
    expect(error.cause).toBeInstanceOf(TransportError)
    expect(error.cause).toMatchObject({ status })
    expect(error.data).toBeUndefined()
    expect(error.meta?.response).toMatchObject({ statusCode: status })
  })

  test('a body that the platform has parsed already is read as well', async () => {
    const client = createTestClient('http://api.invalid', {
      request: ({ success }) => {
        success({ statusCode: 200, data: { result: { data: 'pong' } } })
        return {}
      },
    })
    await expect(client.ping.query()).resolves.toBe('pong')
  })
})

describe('a request that brings no answer', () => {
  test('one that never left the phone is offline', async () => {
    const offline = { request: createFailingRequest({ errMsg: 'request:fail 似乎已断开与互联网的连接。' }) }
    const error = await catchClientError(createTestClient('https://api.invalid', offline).ping.query())
    expect(error.cause).toMatchObject({
      code: 'offline',
      platformMessage: 'request:fail 似乎已断开与互联网的连接。',
    })
    expect(error.message).not.toContain('互联网')
  })

  test('one to a port where nobody listens is offline', async () => {
    const { url, ...server } = await startHttpServer(() => {})
    await server[Symbol.asyncDispose]()
    expect(toTransportErrorCode(await catchClientError(createTestClient(url).ping.query()))).toBe('offline')
  })

  test('one whose connection is cut is interrupted', async () => {
    await using server = await startHttpServer((request) => request.socket.destroy())
    expect(toTransportErrorCode(await catchClientError(createTestClient(server.url).ping.query()))).toBe('interrupted')
  })

  test('one whose answer is cut in the middle is interrupted', async () => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"result":')
      response.socket?.end()
    })
    expect(toTransportErrorCode(await catchClientError(createTestClient(server.url).ping.query()))).toBe('interrupted')
  })

  test('an option that the platform refuses by throwing is a failure of the call', async () => {
    const client = createTestClient('https://api.invalid', {
      request: () => {
        throw new TypeError('parameter.url should be String')
      },
    })
    expect((await catchClientError(client.ping.query())).message).toBe('parameter.url should be String')
  })
})

describe('time', () => {
  test("a call that takes longer than the link's time ends with timeout, and its request is cut", async () => {
    await using api = await slowApi()
    const error = await catchClientError(createTestClient(api.url, { timeoutMs: 50 }).slow.query())
    expect(toTransportErrorCode(error)).toBe('timeout')
    await api.allRequestsClosed()
  })

  test("a call's own time overrules the link's", async () => {
    await using api = await slowApi()
    const call = createTestClient(api.url).slow.query(undefined, { context: { timeoutMs: 50 } })
    expect(toTransportErrorCode(await catchClientError(call))).toBe('timeout')
  })

  test('the time is kept, and the request ended, where the platform keeps no time itself', async () => {
    const abort = vi.fn()
    const client = createTestClient('https://api.invalid', { request: () => ({ abort }), timeoutMs: 20 })
    expect(toTransportErrorCode(await catchClientError(client.ping.query()))).toBe('timeout')
    expect(abort).toHaveBeenCalledOnce()
  })

  test('the time is kept where the task cannot be aborted', async () => {
    const client = createTestClient('https://api.invalid', { request: () => ({}), timeoutMs: 20 })
    expect(toTransportErrorCode(await catchClientError(client.ping.query()))).toBe('timeout')
  })

  test('no timer outlives its call', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const request = createFailingRequest({ errMsg: 'request:fail timeout' })
    await catchClientError(createTestClient('https://api.invalid', { request }).ping.query())
    expect(vi.getTimerCount()).toBe(0)
  })

  test("the platform's own timeout is the same failure", async () => {
    const client = createTestClient('https://api.invalid', {
      request: createFailingRequest({ errMsg: 'request:fail timeout', errno: 5 }),
    })
    expect(toTransportErrorCode(await catchClientError(client.ping.query()))).toBe('timeout')
  })
})

describe('abort', () => {
  test.each([
    ['the platform', () => new AbortController()],
    // It lacks what a browser's has; the link asks for less.
    ['this package', () => new SmallAbortController() as unknown as AbortController],
  ])('a signal of %s ends the call and the request on the network', async (_, create) => {
    await using api = await slowApi()
    const controller = create()
    const call = catchClientError(createTestClient(api.url).slow.query(undefined, { signal: controller.signal }))
    await api.called
    controller.abort()
    expect(toTransportErrorCode(await call)).toBe('aborted')
    await api.allRequestsClosed()
  })

  test('a signal that is aborted already sends nothing and asks for no headers', async () => {
    const client = createTestClient('https://api.invalid', {
      request: () => expect.unreachable('nothing may be sent'),
      headers: () => expect.unreachable('no headers are needed'),
    })
    const call = client.ping.query(undefined, { signal: AbortSignal.abort() })
    expect(toTransportErrorCode(await catchClientError(call))).toBe('aborted')
  })

  test('an abort while the headers are awaited sends nothing', async () => {
    const controller = new AbortController()
    let giveHeaders = () => {}
    const headers = new Promise<Record<string, string>>((resolve) => {
      giveHeaders = () => resolve({})
    })
    const request = vi.fn(() => ({}))
    const client = createTestClient('https://api.invalid', { headers: () => headers, request })
    const call = catchClientError(client.ping.query(undefined, { signal: controller.signal }))
    controller.abort()
    giveHeaders()
    expect(toTransportErrorCode(await call)).toBe('aborted')
    await headers
    expect(request).not.toHaveBeenCalled()
  })

  test('an abort after the answer changes nothing, and nothing is left on the signal', async () => {
    await using api = await startTrpcServer()
    const controller = new AbortController()
    const abort = vi.fn()
    const client = createTestClient(api.url, { request: (options) => Object.assign(wxRequest(options), { abort }) })
    await expect(client.ping.query(undefined, { signal: controller.signal })).resolves.toBe('pong')
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    controller.abort()
    expect(abort).not.toHaveBeenCalled()
  })
})
