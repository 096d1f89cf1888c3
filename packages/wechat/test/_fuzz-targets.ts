import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { checksession } from '../src/endpoints/checksession.ts'
import { getuserphonenumber } from '../src/endpoints/getuserphonenumber.ts'
import { jscode2session } from '../src/endpoints/jscode2session.ts'
import { msgSecCheck } from '../src/endpoints/msg-sec-check.ts'
import { resetusersessionkey } from '../src/endpoints/resetusersessionkey.ts'
import { stableToken } from '../src/endpoints/stable-token.ts'
import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from '../src/index.ts'
import { decrypt } from '../src/payload/decrypt.ts'
import { parsePush } from '../src/push/parse-push.ts'
import { pushSignature } from '../src/push/push-signature.ts'
import { parseResponse } from '../src/transport/parse-response.ts'
import type { Send } from '../src/transport/send.ts'
import { consentedAt, loginResponse, phoneResponse } from './_fake-wechat.ts'
import { vectors } from './_vectors.ts'

/** A fuzzed parser. The property reports each outcome and fails on an error that is not one of the three. */
export interface FuzzTarget {
  readonly name: string
  readonly property: (record: (outcome: string) => void) => fc.IAsyncProperty<unknown[]>
}

const { profile, pushSecure } = vectors
const watermarkRule = { appId: profile.appId, maxAgeMs: 600_000, clock: () => consentedAt }

/** Field names that the parsers read, so that random objects pass their first checks. */
const fieldNames = fc.constantFrom(
  ...['errcode', 'errmsg', 'openid', 'session_key', 'unionid', 'access_token', 'expires_in', 'phone_info'],
  ...[
    'phoneNumber',
    'purePhoneNumber',
    'countryCode',
    'watermark',
    'appid',
    'timestamp',
    'result',
    'suggest',
  ],
  ...[
    'label',
    'openId',
    'nickName',
    'gender',
    'Encrypt',
    'MsgType',
    'Event',
    ' OpenID',
    'RevokeInfo',
    'CreateTime',
  ],
  ...['__proto__', 'constructor', 'toString', ''],
)

const values = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -1,
    40001,
    '40029',
    '0',
    null,
    true,
    [],
    {},
    '',
    'pass',
    86,
    '+86',
    '0086',
    1e308,
    -0,
  ),
  fc.constantFrom<unknown>(phoneResponse.phone_info, profile.parsed, profile.appId, 1477314187, '1477314187'),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
)

const objects = fc.dictionary(fieldNames, values, { maxKeys: 8 })
/** A valid object with some fields overwritten. */
const corrupted = (valid: object) => objects.map((invalid): object => ({ ...valid, ...invalid }))

/** A text with up to three random edits. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.tuple(
    fc.nat(1_000),
    fc.nat(40),
    fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 6 })),
  )
  return fc.tuple(texts, fc.array(edit, { maxLength: 3 })).map(([text, edits]) =>
    edits.reduce((current, [position, length, replacement]) => {
      const start = position % (current.length + 1)
      return current.slice(0, start) + replacement + current.slice(start + length)
    }, text),
  )
}

const json = (valid: object) =>
  fc.oneof(
    fc.json({ maxDepth: 4 }),
    corrupted(valid).map((object) => JSON.stringify(object)),
    mutated(corrupted(valid).map((object) => JSON.stringify(object))),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )

const responses = fc.oneof(
  json(loginResponse),
  json(phoneResponse),
  json({ access_token: '99_x', expires_in: 7200 }),
  json({ errcode: 40029, errmsg: 'invalid code hint: [x] rid: 65713974-7970e3f9-1a07ebbf' }),
  json({ errcode: 0, trace_id: 'x', result: { suggest: 'pass', label: 100 } }),
)

const session = { openId: loginResponse.openid, sessionKey: loginResponse.session_key }
const text = { openId: session.openId, text: '', scene: 'profile' } as const

const endpoints = {
  jscode2session: (send: Send) => jscode2session({ send, appId: '', secret: '' }, ''),
  stable_token: (send: Send) => stableToken({ send, appId: '', secret: '' }),
  getuserphonenumber: (send: Send) => getuserphonenumber({ send, watermarkRule }, { phoneCode: '' }),
  checksession: (send: Send) => checksession({ send }, session),
  resetusersessionkey: (send: Send) => resetusersessionkey({ send }, session),
  msg_sec_check: (send: Send) => msgSecCheck({ send }, text),
}

const xml = fc.oneof(
  objects.map((fields) => {
    const tags = Object.entries(fields).map(
      ([name, value]) =>
        `<${name}><![CDATA[${typeof value === 'string' ? value : JSON.stringify(value)}]]></${name}>`,
    )
    return `<xml>${tags.join('')}</xml>`
  }),
  fc.string({
    unit: fc.constantFrom('<', '>', '/', '!', '[', ']', '&', ';', 'xml', 'CDATA', '"', '=', '?', '-', 'a'),
  }),
)

const event = {
  MsgType: 'event',
  Event: 'user_authorization_revoke',
  ' OpenID': session.openId,
  ' RevokeInfo': '8',
  CreateTime: 1714112445,
}
const lenientJson = fc.oneof(
  json(event),
  mutated(fc.constant(`{"MsgType":"event"," OpenID":"x",}`)),
  fc.string({ unit: fc.constantFrom('"', '\\', ',', '}', '{', ']', '[', ' ', ':', 'a', '1') }),
)
/** One piece repeated up to the maximum body size, to find slow parsing. */
const repetitive = fc
  .tuple(
    fc.constantFrom(
      '<a>',
      '<a/>',
      '<!--',
      '<![CDATA[',
      '<?',
      '<a ',
      '&',
      '&amp;',
      ']]>',
      '"',
      '\\"',
      '{',
      ',',
      ', ',
      '[',
      ' ',
    ),
    fc.nat(64 * 1024),
    fc.constantFrom('', '<xml>', '<xml><a>', '{', '{"a":"'),
  )
  .map(([piece, length, start]) => start + piece.repeat(length / piece.length))
const messages = fc.oneof(
  { weight: 66, arbitrary: lenientJson },
  { weight: 66, arbitrary: mutated(xml) },
  { weight: 66, arbitrary: xml },
  { weight: 1, arbitrary: repetitive },
)

const [timestamp, nonce] = [pushSecure.timestamp, pushSecure.nonce]
const plainKeys = { appId: pushSecure.appId, token: pushSecure.token }
const secureKeys = { ...plainKeys, encodingAesKey: pushSecure.encodingAesKey }

/** Encrypts a push as WeChat does, optionally with another length field or padding. */
function encryptPush(message: string, [length, padding]: [number | undefined, number | undefined]): string {
  const bytes = Buffer.from(message)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length ?? bytes.length)
  const plain = Buffer.concat([Buffer.alloc(16), size, bytes, Buffer.from(pushSecure.appId)])
  const paddingLength = 32 - (plain.length % 32)
  const key = Buffer.from(`${pushSecure.encodingAesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(paddingLength, padding ?? paddingLength)])),
    cipher.final(),
  ]).toString('base64')
}

const encryptedPushes = fc.oneof(
  fc
    .tuple(
      messages,
      fc.tuple(fc.option(fc.nat(0xffffffff), { nil: undefined }), fc.option(fc.nat(255), { nil: undefined })),
    )
    .map(([message, invalid]) => encryptPush(message, invalid)),
  messages.map((message) => encryptPush(message, [undefined, undefined])),
  fc.base64String({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

function encryptData(plain: string): string {
  const key = Buffer.from(profile.sessionKey, 'base64')
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.from(profile.iv, 'base64'))
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

const encryptedPayloads = fc.oneof(
  json(profile.parsed).map(encryptData),
  json(phoneResponse.phone_info).map(encryptData),
  mutated(fc.constant(profile.encryptedData)),
  fc.base64String({ maxLength: 200 }),
)
const bytes16 = (valid: string) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(valid) },
    fc.uint8Array({ minLength: 15, maxLength: 17 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    mutated(fc.constant(valid)),
  )

/** Runs a parser and returns its outcome; rethrows an error that is not one of the three. */
async function outcome(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'parsed'
  } catch (error) {
    if (error instanceof WeChatApiError) return 'api-error'
    if (error instanceof WeChatUnreachableError || error instanceof WeChatResponseError) return error.reason
    throw error
  }
}

export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'responses',
    property: (record) =>
      fc.asyncProperty(
        fc.constantFrom(...Object.values(endpoints)),
        responses,
        fc.constantFrom(200, 200, 200, 204, 302, 404, 500, 502),
        async (endpoint, body, status) => {
          const send: Send = async (request) =>
            parseResponse(request, { status, text: body, respondedAt: undefined })
          record(await outcome(() => endpoint(send)))
        },
      ),
  },
  {
    name: 'plain pushes',
    property: (record) =>
      fc.asyncProperty(messages, async (body) => {
        const signature = pushSignature(plainKeys.token, timestamp, nonce)
        record(await outcome(() => parsePush({ query: { timestamp, nonce, signature }, body }, plainKeys)))
      }),
  },
  {
    name: 'encrypted pushes',
    property: (record) =>
      fc.asyncProperty(encryptedPushes, async (encryptedPush) => {
        const msg_signature = pushSignature(plainKeys.token, timestamp, nonce, encryptedPush.trim())
        const body = JSON.stringify({ Encrypt: encryptedPush })
        record(
          await outcome(() => parsePush({ query: { timestamp, nonce, msg_signature }, body }, secureKeys)),
        )
      }),
  },
  {
    name: 'encrypted data',
    property: (record) =>
      fc.asyncProperty(
        fc.constantFrom('phone', 'profile'),
        bytes16(profile.sessionKey),
        bytes16(profile.iv),
        encryptedPayloads,
        async (kind, sessionKey, iv, encryptedData) => {
          record(await outcome(() => decrypt({ kind, sessionKey, iv, encryptedData }, watermarkRule)))
        },
      ),
  },
]
