import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import official from '../fixtures/push.json' with { type: 'json' }
import { startSandbox } from '../src/index.ts'
import { decryptPushMessage } from './_decrypt.ts'
import { startPushReceiver } from './_receiver.ts'

const TOKEN = 'AAAAA'
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

const sign = (...parts: (string | null | undefined)[]) =>
  createHash('sha1').update(parts.map(String).toSorted(byCodeUnit).join('')).digest('hex')
const byCodeUnit = (a: string, b: string) => (a < b ? -1 : 1)
const success = () => ({ body: 'success' })

test('the address is verified by an echo', async () => {
  await using honest = await startPushReceiver(({ query }) => ({ body: query.get('echostr') ?? '' }))
  await using deaf = await startPushReceiver(success)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: honest.url, token: TOKEN })
  expect(await push.verify()).toMatchObject({ isAccepted: true })
  const { method, query } = honest.arrived[0] ?? {}
  expect(method).toBe('GET')
  expect(query?.get('signature')).toBe(sign(TOKEN, query?.get('timestamp'), query?.get('nonce')))
  push.configure({ url: deaf.url, token: TOKEN })
  expect(await push.verify()).toMatchObject({ isAccepted: false, body: 'success' })
})

test('a revoked phone arrives in JSON, signed', async () => {
  await using receiver = await startPushReceiver(success)
  await using sandbox = await startSandbox()
  const { push, appId } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN })
  const delivery = await push.send({ event: 'user_authorization_revoke', person: 'alice' })
  expect(delivery).toEqual({ isAccepted: true, attempts: 1, status: 200, body: 'success' })
  const { query, body, contentType } = receiver.arrived[0] ?? {}
  expect(contentType).toBe('application/json')
  expect(query?.get('openid')).toBe(sandbox.person('alice').openId)
  expect(query?.get('signature')).toBe(sign(TOKEN, query?.get('timestamp'), query?.get('nonce')))
  expect(JSON.parse(body ?? '')).toEqual({
    ToUserName: expect.stringMatching(/^gh_[0-9a-f]{12}$/),
    FromUserName: expect.any(String),
    CreateTime: expect.any(Number),
    MsgType: 'event',
    Event: 'user_authorization_revoke',
    OpenID: sandbox.person('alice').openId,
    AppID: appId,
    RevokeInfo: '8',
  })
})

/** The text with every value blanked, so that only its form is left. */
const formOf = (text: string) =>
  text
    .replace(/CDATA\[[^\]]*\]/g, 'CDATA[]')
    .replace(/\d+/g, '0')
    .replace(/: "[^"]*"/g, ': ""')

test.each([
  ['xml', official.xml],
  ['json', official.json],
] as const)('in %s, an event has the form of the official sample', async (format, sample) => {
  await using receiver = await startPushReceiver(success)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN, format, sloppyJson: true })
  await push.send({ event: 'user_authorization_revoke', person: 'alice' })
  expect(formOf(receiver.arrived[0]?.body ?? '')).toBe(formOf(sample))
})

test.each(['json', 'xml'] as const)(
  'in secure mode, only the encrypted event arrives (%s)',
  async (format) => {
    await using receiver = await startPushReceiver(success)
    await using sandbox = await startSandbox()
    const { push, appId } = sandbox.console()
    push.configure({ url: receiver.url, token: TOKEN, encodingAesKey: AES_KEY, mode: 'secure', format })
    await push.send({ event: 'user_authorization_cancellation', person: 'bob' })
    const { query, body = '' } = receiver.arrived[0] ?? {}
    expect(body).not.toContain('user_authorization_cancellation')
    const encrypted = /Encrypt(?:"\s*:\s*"|><!\[CDATA\[)([^"\]]+)/.exec(body)?.[1] ?? ''
    expect(query?.get('encrypt_type')).toBe('aes')
    expect(query?.get('msg_signature')).toBe(
      sign(TOKEN, query?.get('timestamp'), query?.get('nonce'), encrypted),
    )
    const opened = decryptPushMessage(encrypted, AES_KEY)
    expect(opened.appId).toBe(appId)
    expect(opened.message).toContain('user_authorization_cancellation')
    expect(opened.message).toContain(sandbox.person('bob').openId)
  },
)

test('in compatible mode, the event arrives both ways', async () => {
  await using receiver = await startPushReceiver(success)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN, encodingAesKey: AES_KEY, mode: 'compatible' })
  await push.send({ event: 'user_info_modified', person: 'alice' })
  expect(JSON.parse(receiver.arrived[0]?.body ?? '')).toMatchObject({
    Event: 'user_info_modified',
    Encrypt: expect.any(String),
  })
})

test('an event may come without an openid, as some do', async () => {
  await using receiver = await startPushReceiver(success)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN })
  await push.send({ event: 'user_info_modified' })
  expect(receiver.arrived[0]?.body).not.toContain('OpenID')
  expect(receiver.arrived[0]?.query.has('openid')).toBe(false)
})

test('a server that does not answer success is tried three times', async () => {
  await using receiver = await startPushReceiver(() => ({ status: 500, body: 'oops' }))
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN })
  const delivery = await push.send({ event: 'user_info_modified', person: 'alice' })
  expect(delivery).toEqual({ isAccepted: false, attempts: 3, status: 500, body: 'oops' })
  expect(receiver.arrived).toHaveLength(3)
})

test('a server that is not there is no crash', async () => {
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: 'http://127.0.0.1:9/push', token: TOKEN })
  expect(await push.send({ event: 'user_info_modified' })).toMatchObject({
    isAccepted: false,
    status: undefined,
  })
})

test('an app without an address says what to do', async () => {
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  await expect(push.send({ event: 'user_info_modified' })).rejects.toThrow('configure it with url and token')
  expect(() => push.configure({ url: 'http://127.0.0.1', token: TOKEN, mode: 'secure' })).toThrow(
    'encodingAesKey',
  )
})
