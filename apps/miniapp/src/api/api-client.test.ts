import { type TaroRequestOptions, toTransportErrorCode } from '@kinpass/trpc-taro'
import { expect, test } from 'vitest'
import { type ApiClient, createApiClient } from './api-client.ts'

const tokenPair = { token: 'a token', refreshToken: 'a refresh token', expiresInSeconds: 600 }
const member = { nickName: '好柿开花8915', maskedPhone: '138****8915', joinedAt: '2026-11-20T00:00:00.000Z' }
const loggedIn = { ...tokenPair, nickName: member.nickName, isNew: true, member }
const session = { id: 'a session', lastUsedAt: '2026-11-20T00:00:00.000Z' }

const responses: Record<string, unknown> = {
  login: loggedIn,
  me: member,
  'session.resume': loggedIn,
  'session.renew': tokenPair,
  'session.list': { sessions: [session] },
}

const validResponse = (procedure: string): unknown => responses[procedure] ?? {}

/** A client whose requests are recorded; the response to each procedure is valid unless the test passes another. */
function createRecordedApi(deviceName: string, respond = validResponse) {
  const sent: TaroRequestOptions[] = []
  const api = createApiClient({
    url: 'https://api.example.com',
    request(options) {
      sent.push(options)
      const procedure = /trpc\/([\w.]+)/.exec(options.url)?.[1] ?? ''
      const data = JSON.stringify({ result: { data: respond(procedure) } })
      options.success({ data, statusCode: 200, header: {} })
      return {}
    },
    installationId: 'installation of alice',
    deviceName,
  })
  return { api, sent }
}

test('every call sends the installation id and the device name', async () => {
  const { api, sent } = createRecordedApi('奶奶的 iPhone')
  await api.login({ code: 'a login code', phoneCode: 'a phone code' })
  expect(sent[0]).toMatchObject({
    url: 'https://api.example.com/trpc/login',
    header: {
      'x-installation-id': 'installation of alice',
      'x-device-name': '%E5%A5%B6%E5%A5%B6%E7%9A%84%20iPhone',
    },
  })
})

test('a call that needs a session sends the access token, and other calls send none', async () => {
  const { api, sent } = createRecordedApi('')
  await api.me('a token of alice')
  await api.revoke('a token of alice', { id: 'a session' })
  await api.renew({ refreshToken: 'a refresh token of alice' })
  expect(sent.map(({ header: { authorization } }) => authorization)).toEqual([
    'Bearer a token of alice',
    'Bearer a token of alice',
    undefined,
  ])
})

const calls: Record<string, (api: ApiClient) => Promise<unknown>> = {
  login: (api) => api.login({ code: 'a login code', phoneCode: 'a phone code' }),
  resume: (api) => api.resume({ code: 'a login code' }),
  renew: (api) => api.renew({ refreshToken: 'a refresh token' }),
  me: (api) => api.me('a token'),
  listSessions: (api) => api.listSessions('a token'),
}

test.each(Object.entries(calls))('%s returns a valid response', async (_name, call) => {
  await expect(call(createRecordedApi('').api)).resolves.toBeTypeOf('object')
})

test.each(
  Object.entries(calls).flatMap(([name, call]) =>
    ['soon', null, 7, [], {}, { ...loggedIn, token: null, nickName: {} }, { sessions: [null] }].map(
      (response) => ({ name, call, response }),
    ),
  ),
)('$name rejects the response $response as unreadable', async ({ call, response }) => {
  const { api } = createRecordedApi('', () => response)
  const thrown: unknown = await call(api).catch((error: unknown) => error)
  expect(toTransportErrorCode(thrown)).toBe('unreadable')
})

test('a login response without a complete member is rejected as unreadable', async () => {
  const { api } = createRecordedApi('', () => ({ ...loggedIn, member: { nickName: '好柿开花8915' } }))
  const thrown: unknown = await calls.login?.(api).catch((error: unknown) => error)
  expect(toTransportErrorCode(thrown)).toBe('unreadable')
})
