import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import official from '../fixtures/push.json' with { type: 'json' }
import { startSandbox } from '../src/index.ts'
import { openPush } from './_decrypt.ts'
import { startPushReceiver } from './_push-receiver.ts'

const TOKEN = 'AAAAA'
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

const sign = (...values: (string | null | undefined)[]) =>
  createHash('sha1').update(values.map(String).toSorted(byCodeUnit).join('')).digest('hex')
const byCodeUnit = (a: string, b: string) => (a < b ? -1 : 1)
const replySuccess = () => ({ body: 'success' })

test('verify accepts an address only if it echoes echostr', async () => {
  await using echoing = await startPushReceiver(({ query }) => ({ body: query.get('echostr') ?? '' }))
  await using silent = await startPushReceiver(replySuccess)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: echoing.url, token: TOKEN })
  expect(await push.verify()).toMatchObject({ isAccepted: true })
  const { method, query } = echoing.received[0] ?? {}
  expect(method).toBe('GET')
  expect(query?.get('signature')).toBe(sign(TOKEN, query?.get('timestamp'), query?.get('nonce')))
  push.configure({ url: silent.url, token: TOKEN })
  expect(await push.verify()).toMatchObject({ isAccepted: false, body: 'success' })
})

test('a revoked phone authorization is pushed as signed JSON', async () => {
  await using receiver = await startPushReceiver(replySuccess)
  await using sandbox = await startSandbox()
  const { push, appId } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN })
  const delivery = await push.send({ event: 'user_authorization_revoke', person: 'alice' })
  expect(delivery).toEqual({ isAccepted: true, attempts: 1, status: 200, body: 'success' })
  const { query, body, contentType } = receiver.received[0] ?? {}
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

/** The text without its values. */
const formOf = (text: string) =>
  text
    .replace(/CDATA\[[^\]]*\]/g, 'CDATA[]')
    .replace(/\d+/g, '0')
    .replace(/: "[^"]*"/g, ': ""')

test.each([
  ['xml', official.xml],
  ['json', official.json],
] as const)('a push in %s has the form of the official sample', async (format, sample) => {
  await using receiver = await startPushReceiver(replySuccess)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN, format, sloppyJson: true })
  await push.send({ event: 'user_authorization_revoke', person: 'alice' })
  expect(formOf(receiver.received[0]?.body ?? '')).toBe(formOf(sample))
})

test.each(['json', 'xml'] as const)('secure mode pushes only the encrypted event (%s)', async (format) => {
  await using receiver = await startPushReceiver(replySuccess)
  await using sandbox = await startSandbox()
  const { push, appId } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN, encodingAesKey: AES_KEY, mode: 'secure', format })
  await push.send({ event: 'user_authorization_cancellation', person: 'bob' })
  const { query, body = '' } = receiver.received[0] ?? {}
  expect(body).not.toContain('user_authorization_cancellation')
  const encrypted = /Encrypt(?:"\s*:\s*"|><!\[CDATA\[)([^"\]]+)/.exec(body)?.[1] ?? ''
  expect(query?.get('encrypt_type')).toBe('aes')
  expect(query?.get('msg_signature')).toBe(
    sign(TOKEN, query?.get('timestamp'), query?.get('nonce'), encrypted),
  )
  const decrypted = openPush(encrypted, AES_KEY)
  expect(decrypted.appId).toBe(appId)
  expect(decrypted.message).toContain('user_authorization_cancellation')
  expect(decrypted.message).toContain(sandbox.person('bob').openId)
})

test('compatible mode pushes the event in plain and encrypted', async () => {
  await using receiver = await startPushReceiver(replySuccess)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN, encodingAesKey: AES_KEY, mode: 'compatible' })
  await push.send({ event: 'user_info_modified', person: 'alice' })
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
    Event: 'user_info_modified',
    Encrypt: expect.any(String),
  })
})

test('an event without a person is pushed without an openid', async () => {
  await using receiver = await startPushReceiver(replySuccess)
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN })
  await push.send({ event: 'user_info_modified' })
  expect(receiver.received[0]?.body).not.toContain('OpenID')
  expect(receiver.received[0]?.query.has('openid')).toBe(false)
})

test('a push is tried three times when the server does not respond with success', async () => {
  await using receiver = await startPushReceiver(() => ({ status: 500, body: 'oops' }))
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  push.configure({ url: receiver.url, token: TOKEN })
  const delivery = await push.send({ event: 'user_info_modified', person: 'alice' })
  expect(delivery).toEqual({ isAccepted: false, attempts: 3, status: 500, body: 'oops' })
  expect(receiver.received).toHaveLength(3)
})

test('a push to a server that drops the connection is reported as not accepted', async () => {
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  push.configure({ url: `http://127.0.0.1:${port}/push`, token: TOKEN })
  expect(await push.send({ event: 'user_info_modified' })).toMatchObject({
    isAccepted: false,
    status: undefined,
  })
})

test('a missing or incomplete push setup is refused with a message', async () => {
  await using sandbox = await startSandbox()
  const { push } = sandbox.console()
  await expect(push.send({ event: 'user_info_modified' })).rejects.toThrow('configure it with url and token')
  expect(() => push.configure({ url: 'http://127.0.0.1', token: TOKEN, mode: 'secure' })).toThrow(
    'encodingAesKey',
  )
})
