import { createCipheriv, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type ParsedPush, type PushKeys, parsePush } from '../src/index.ts'
import { vectors } from './_vectors.ts'

const { push, pushSecure } = vectors
const plainKeys: PushKeys = { appId: pushSecure.appId, token: 'AAAAA' }
const secureKeys: PushKeys = { ...plainKeys, encodingAesKey: pushSecure.encodingAesKey }

function sign(...values: string[]) {
  return createHash('sha1')
    .update([...values].sort().join(''))
    .digest('hex')
}

const [timestamp, nonce] = ['1714112445', '415670741']

function parsePlain(body: string, keys = plainKeys): ParsedPush {
  return parsePush({ query: { timestamp, nonce, signature: sign('AAAAA', timestamp, nonce) }, body }, keys)
}

/** Encrypts a message as WeChat does; the options replace single parts by invalid ones. */
function encrypt(
  message: string,
  { appId = pushSecure.appId, length = Buffer.byteLength(message), pad = 0 } = {},
) {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length)
  const plain = Buffer.concat([Buffer.alloc(16, 'r'), size, Buffer.from(message), Buffer.from(appId)])
  const padding = pad || 32 - (plain.length % 32)
  const key = Buffer.from(`${pushSecure.encodingAesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc(32 - (plain.length % 32), padding)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

function parseSecure(encrypted: string, body = JSON.stringify({ Encrypt: encrypted })): ParsedPush {
  const msg_signature = sign('AAAAA', timestamp, nonce, encrypted)
  return parsePush({ query: { timestamp, nonce, msg_signature, encrypt_type: 'aes' }, body }, secureKeys)
}

function messageOf(push: ParsedPush) {
  if (push.type !== 'message') throw new TypeError('not a message')
  return push.message
}

const revocation = {
  ToUserName: 'gh_870882ca4b1',
  FromUserName: 'oaKk346BaWE-eIn4oSRWbaM9vR7s',
  CreateTime: '1627359464',
  MsgType: 'event',
  Event: 'user_authorization_revoke',
  OpenID: 'oaKk343WPXKkA3OmPBQNGNsEVXyg',
  AppID: pushSecure.appId,
  RevokeInfo: '8',
}

test.each(push.urlVerification)(
  "WeChat's published URL verification is parsed to its echo: $signature",
  (example) => {
    const query = { ...example, echostr: '4375120948345356249' }
    expect(parsePush({ query }, plainKeys)).toEqual({ type: 'verification', echo: query.echostr })
  },
)

test.each([
  ['XML', push.xml, ['license-plate']],
  ['JSON with leading spaces in names and a trailing comma', push.json, ['unknown-201']],
])("WeChat's published revocation is parsed from %s", (_, body, revoked) => {
  const keys = { ...plainKeys, appId: 'wx13974bf780d3dc89' }
  expect(messageOf(parsePlain(body, keys))).toMatchObject({
    type: 'event',
    event: 'user_authorization_revoke',
    openId: expect.stringMatching(/^o[\w-]{27}$/),
    createdAt: expect.any(Date),
    revoked,
  })
})

test("WeChat's published message in secure mode is parsed", () => {
  const { body, msgSignature, message } = pushSecure
  const query = { timestamp: pushSecure.timestamp, nonce: pushSecure.nonce, msg_signature: msgSignature }
  const parsed = messageOf(parsePush({ query, body }, secureKeys))
  expect(Object.fromEntries(parsed.fields)).toEqual(message)
  expect(parsed).toMatchObject({ type: 'event', event: 'debug_demo', createdAt: new Date(1714112445_000) })
})

test.each([undefined, '', 'f464b24fc39322e44b38aa78f5edd27bd1441697', '汉字'])(
  'a push with the signature %s is rejected',
  (signature) => {
    const query = { ...push.urlVerification[0], signature }
    for (const body of [undefined, JSON.stringify(revocation)]) {
      expect(() => parsePush({ query, body }, plainKeys)).toThrow(
        expect.objectContaining({ reason: 'signature' }),
      )
    }
  },
)

test('a revocation in XML is parsed to openid and revoked permissions', () => {
  const tags = Object.entries(revocation).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
  expect(messageOf(parsePlain(`<xml>\n${tags.join('\n')}\n</xml>`))).toMatchObject({
    type: 'event',
    event: 'user_authorization_revoke',
    openId: revocation.OpenID,
    revoked: ['phone-number'],
    createdAt: new Date(1627359464_000),
  })
})

test('JSON with leading spaces in names, a trailing comma and several permissions is parsed', () => {
  const json = `{"ToUserName":"gh_870882ca4b1","FromUserName":"oaKk346BaWE-eIn4oSRWbaM9vR7s","CreateTime":1627359464,
    "MsgType":"event","Event":"user_authorization_revoke"," OpenID":"${revocation.OpenID}",
    " AppID":"${revocation.AppID}"," RevokeInfo":"6, 20,99",}`
  expect(messageOf(parsePlain(json))).toMatchObject({
    openId: revocation.OpenID,
    revoked: ['nickname-and-avatar', 'avatar', 'unknown-99'],
  })
})

test('commas and braces inside a JSON string are kept', () => {
  const message = messageOf(parsePlain(String.raw`{"a":",}","b":"\",]","c":"x",}`))
  expect(Object.fromEntries(message.fields)).toEqual({ a: ',}', b: '",]', c: 'x' })
})

test('an event without openid is parsed', () => {
  const message = messageOf(parsePlain('{"MsgType":"Event","Event":"user_info_modified"}'))
  expect(message).toMatchObject({ type: 'event', openId: undefined, createdAt: undefined, revoked: [] })
})

test("another mini-program's event is rejected", () => {
  const body = JSON.stringify({ ...revocation, AppID: 'wx0000000000000000' })
  expect(() => parsePlain(body)).toThrow(expect.objectContaining({ reason: 'watermark-appid' }))
})

test('a message in secure mode may be XML inside XML', () => {
  const encrypted = encrypt(
    `<xml><MsgType>event</MsgType><Event>user_authorization_cancellation</Event></xml>`,
  )
  const body = `<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  expect(messageOf(parseSecure(encrypted, body)).event).toBe('user_authorization_cancellation')
})

test('with an EncodingAESKey, an unencrypted message with a valid signature is rejected', () => {
  expect(() => parsePlain(JSON.stringify(revocation), secureKeys)).toThrow(
    expect.objectContaining({ reason: 'signature' }),
  )
})

test.each([
  ['for another mini-program', encrypt('{}', { appId: 'wx0000000000000000' }), 'watermark-appid'],
  ['with a length field beyond its end', encrypt('{}', { length: 4_000_000_000 }), 'decryption'],
  ['with an invalid padding of 33', encrypt('{}', { pad: 33 }), 'decryption'],
  ['of half a block', 'AAAA', 'decryption'],
  ['of zero length', '', 'decryption'],
])('an encrypted message %s is rejected', (_, encrypted, reason) => {
  expect(() => parseSecure(encrypted)).toThrow(expect.objectContaining({ code: 'WECHAT_UNREADABLE', reason }))
})

test.each([
  '<xml>',
  '<a></a>',
  '<xml>text</xml>',
  '<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><b>&a;</b></xml>',
  '{',
  '[]',
  'null',
  '"text"',
  'a=b',
  `<xml>${'<a>'.repeat(5_000)}`,
  `{"a":${'['.repeat(30_000)}`,
  `{${'"\\"'.repeat(15_000)}`,
])('a body that is no message is rejected: %.40s', (body) => {
  expect(() => parsePlain(body)).toThrow(expect.objectContaining({ reason: 'shape' }))
})

test('a body of more than 64 KiB is rejected before it is parsed', () => {
  expect(() => parsePlain(`{"a":"${'a'.repeat(65_536)}"}`)).toThrow(
    expect.objectContaining({ reason: 'too-large' }),
  )
})
