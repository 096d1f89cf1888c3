import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test, vi } from 'vitest'
import { toTransportErrorCode } from '../src/index.ts'
import { startTrpcServer } from './_server.ts'
import { createTestClient, catchClientError } from './_client.ts'
import { taroRequest, wxRequest } from './_wx-request.ts'

let api: Awaited<ReturnType<typeof startTrpcServer>>
beforeAll(async () => {
  api = await startTrpcServer()
})
afterAll(() => api[Symbol.asyncDispose]())

describe("against tRPC's own server", () => {
  test('a query brings its data, whatever the script of its input', async () => {
    await expect(createTestClient(api.url).greet.query({ name: '爱丽丝 & bob?' })).resolves.toBe(
      '你好, 爱丽丝 & bob?',
    )
  })

  test('a mutation is a POST and brings its data', async () => {
    await expect(createTestClient(api.url).rename.mutate({ name: 'alice' })).resolves.toEqual({
      name: 'alice',
      sentBy: 'POST',
    })
  })

  test('a call without input, and one without output, work', async () => {
    await expect(createTestClient(api.url).ping.query()).resolves.toBe('pong')
    await expect(createTestClient(api.url).forget.mutate()).resolves.toBeUndefined()
  })

  test('a nested procedure is reached, also below a url with a slash or a query string', async () => {
    await expect(createTestClient(`${api.url}/`).members.me.query()).resolves.toEqual({ name: 'alice' })
    await expect(createTestClient(`${api.url}?v=1`).greet.query({ name: 'bob' })).resolves.toBe('你好, bob')
  })

  test('wx.request itself, which gives no promise, carries calls as well', async () => {
    await expect(createTestClient(api.url, { request: wxRequest }).ping.query()).resolves.toBe('pong')
  })

  test('several calls at once are several requests', async () => {
    const client = createTestClient(api.url)
    await expect(Promise.all([client.ping.query(), client.greet.query({ name: 'bob' })])).resolves.toEqual([
      'pong',
      '你好, bob',
    ])
  })

  test('headers are asked for each call, and may take their time', async () => {
    const client = createTestClient(api.url, {
      headers: async ({ path }) => ({ authorization: `token for ${path}` }),
    })
    await expect(client.heard.query()).resolves.toMatchObject({ authorization: 'token for heard' })
    await expect(client.heardByMutation.mutate()).resolves.toMatchObject({
      authorization: 'token for heardByMutation',
      'content-type': 'application/json',
    })
  })

  test('a mutation says that its body is JSON, a query says nothing', async () => {
    const request = vi.fn(taroRequest)
    const client = createTestClient(api.url, { request })
    await Promise.all([client.forget.mutate(), client.ping.query()])
    expect(request.mock.calls.map(([{ header }]) => header)).toEqual([
      { 'content-type': 'application/json' },
      {},
    ])
  })

  test('headers that cannot be had fail the call with their own error, and nothing is sent', async () => {
    const cause = new Error('the storage is locked')
    const client = createTestClient(api.url, {
      headers: () => Promise.reject(cause),
      request: () => expect.unreachable('nothing may be sent'),
    })
    const error = await catchClientError(client.ping.query())
    expect(error.cause).toBe(cause)
    expect(toTransportErrorCode(error)).toBeUndefined()
  })

  const codes = Object.entries(TRPC_ERROR_CODES_BY_KEY)
  test.each(codes)('%s arrives with its number, its data and its message', async (code, number) => {
    const error = await catchClientError(createTestClient(api.url).refuse.mutate(code))
    expect(error.shape?.code).toBe(number)
    expect(error.data).toMatchObject({ code, path: 'refuse' })
    expect(error.message).toBe(`refused: ${code}`)
    expect(toTransportErrorCode(error)).toBeUndefined()
  })

  test('an unknown procedure is NOT_FOUND and a bad input BAD_REQUEST', async () => {
    const elsewhere = createTestClient(`${api.url}/nowhere.`)
    expect((await catchClientError(elsewhere.ping.query())).data?.code).toBe('NOT_FOUND')
    const tooLong = createTestClient(api.url).rename.mutate({ name: 'a name that is too long' })
    expect((await catchClientError(tooLong)).data).toMatchObject({ code: 'BAD_REQUEST', httpStatus: 400 })
  })

  test("the error formatter's data arrives typed", async () => {
    const { data } = await catchClientError(createTestClient(api.url).refuse.mutate('TOO_MANY_REQUESTS'))
    expect(data?.advice).toBe('wait')
    expectTypeOf(data?.advice).toEqualTypeOf<'wait' | 'stop' | undefined>()
  })

  test("the platform's answer stands beside an error", async () => {
    const error = await catchClientError(createTestClient(api.url).refuse.mutate('CONFLICT'))
    expect(error.meta?.response).toMatchObject({
      statusCode: 409,
      header: { 'content-type': 'application/json' },
    })
  })

  test('a subscription is refused with a sentence, and nothing is sent', async () => {
    const client = createTestClient(api.url, { request: () => expect.unreachable('nothing may be sent') })
    const error = await new Promise((resolve) => client.ticks.subscribe(undefined, { onError: resolve }))
    expect(error).toMatchObject({
      message: 'taroLink carries queries and mutations: ticks is a subscription',
    })
  })
})
