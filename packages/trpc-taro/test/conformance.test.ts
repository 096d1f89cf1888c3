import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test, vi } from 'vitest'
import { toTransportErrorCode } from '../src/index.ts'
import { catchClientError, createTestClient } from './_client.ts'
import { startTrpcServer } from './_server.ts'
import { taroRequest, wxRequest } from './_wx-request.ts'

let server: Awaited<ReturnType<typeof startTrpcServer>>
beforeAll(async () => {
  server = await startTrpcServer()
})
afterAll(() => server[Symbol.asyncDispose]())

describe("calls to tRPC's standalone server", () => {
  test('a query returns its data, also for input that is not ASCII', async () => {
    await expect(createTestClient(server.url).greet.query({ name: '爱丽丝 & bob?' })).resolves.toBe(
      '你好, 爱丽丝 & bob?',
    )
  })

  test('a mutation is sent as POST and returns its data', async () => {
    await expect(createTestClient(server.url).rename.mutate({ name: 'alice' })).resolves.toEqual({
      name: 'alice',
      sentBy: 'POST',
    })
  })

  test('a call without input and a call without output succeed', async () => {
    await expect(createTestClient(server.url).ping.query()).resolves.toBe('pong')
    await expect(createTestClient(server.url).noOutput.mutate()).resolves.toBeUndefined()
  })

  test('a nested procedure is called, also with a trailing slash or a query string in the URL', async () => {
    await expect(createTestClient(`${server.url}/`).members.me.query()).resolves.toEqual({ name: 'alice' })
    await expect(createTestClient(`${server.url}?v=1`).greet.query({ name: 'bob' })).resolves.toBe(
      '你好, bob',
    )
  })

  test('the link works with wx.request, which returns no promise', async () => {
    await expect(createTestClient(server.url, { request: wxRequest }).ping.query()).resolves.toBe('pong')
  })

  test('concurrent calls are separate requests', async () => {
    const client = createTestClient(server.url)
    await expect(Promise.all([client.ping.query(), client.greet.query({ name: 'bob' })])).resolves.toEqual([
      'pong',
      '你好, bob',
    ])
  })

  test('headers is called for each call and may be asynchronous', async () => {
    const client = createTestClient(server.url, {
      headers: async ({ path }) => ({ authorization: `token for ${path}` }),
    })
    await expect(client.headersOfQuery.query()).resolves.toMatchObject({
      authorization: 'token for headersOfQuery',
    })
    await expect(client.headersOfMutation.mutate()).resolves.toMatchObject({
      authorization: 'token for headersOfMutation',
      'content-type': 'application/json',
    })
  })

  test('a mutation has a JSON content type, a query has none', async () => {
    const request = vi.fn(taroRequest)
    const client = createTestClient(server.url, { request })
    await Promise.all([client.noOutput.mutate(), client.ping.query()])
    expect(request.mock.calls.map(([{ header }]) => header)).toEqual([
      { 'content-type': 'application/json' },
      {},
    ])
  })

  test('an error of headers is the cause of the error of the call, and nothing is sent', async () => {
    const cause = new Error('the storage is locked')
    const client = createTestClient(server.url, {
      headers: () => Promise.reject(cause),
      request: () => expect.unreachable('no request may be sent'),
    })
    const error = await catchClientError(client.ping.query())
    expect(error.cause).toBe(cause)
    expect(toTransportErrorCode(error)).toBeUndefined()
  })

  const codes = Object.entries(TRPC_ERROR_CODES_BY_KEY)
  test.each(codes)('the error %s has its number, its data and its message', async (code, number) => {
    const error = await catchClientError(createTestClient(server.url).fail.mutate(code))
    expect(error.shape?.code).toBe(number)
    expect(error.data).toMatchObject({ code, path: 'fail' })
    expect(error.message).toBe(`failed: ${code}`)
    expect(toTransportErrorCode(error)).toBeUndefined()
  })

  test('an unknown procedure is NOT_FOUND and an invalid input is BAD_REQUEST', async () => {
    const client = createTestClient(`${server.url}/nowhere.`)
    expect((await catchClientError(client.ping.query())).data?.code).toBe('NOT_FOUND')
    const tooLong = createTestClient(server.url).rename.mutate({ name: 'a name that is too long' })
    expect((await catchClientError(tooLong)).data).toMatchObject({ code: 'BAD_REQUEST', httpStatus: 400 })
  })

  test("the error formatter's data is typed", async () => {
    const { data } = await catchClientError(createTestClient(server.url).fail.mutate('TOO_MANY_REQUESTS'))
    expect(data?.advice).toBe('wait')
    expectTypeOf(data?.advice).toEqualTypeOf<'wait' | 'stop' | undefined>()
  })

  test("an error has the platform's response in meta.response", async () => {
    const error = await catchClientError(createTestClient(server.url).fail.mutate('CONFLICT'))
    expect(error.meta?.response).toMatchObject({
      statusCode: 409,
      header: { 'content-type': 'application/json' },
    })
  })

  test('a subscription is rejected, and nothing is sent', async () => {
    const client = createTestClient(server.url, {
      request: () => expect.unreachable('no request may be sent'),
    })
    const error = await new Promise((resolve) => client.ticks.subscribe(undefined, { onError: resolve }))
    expect(error).toMatchObject({
      message: 'ticks is a subscription: use a query or a mutation',
    })
  })
})
