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

/** A parser under fire: what it is fed, and what it made of it, in a word. Throws when it lets anything else out. */
export interface FuzzTarget {
  readonly name: string
  readonly property: (record: (outcome: string) => void) => fc.IAsyncProperty<unknown[]>
}

const { profile, pushSecure } = vectors
const watermark = { appId: profile.appId, maxAgeMs: 600_000, clock: () => consentedAt }

/** Names that mean something to a parser, so that random objects get past its first look. */
const names = fc.constantFrom(
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

const objects = fc.dictionary(names, values, { maxKeys: 8 })
/** A good object with some fields replaced by others. */
const spoiled = (good: object) => objects.map((bad): object => ({ ...good, ...bad }))

/** A text with a piece cut out, doubled or replaced. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.tuple(
    fc.nat(1_000),
    fc.nat(40),
    fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 6 })),
  )
  return fc.tuple(texts, fc.array(edit, { maxLength: 3 })).map(([text, edits]) =>
    edits.reduce((now, [at, length, put]) => {
      const start = at % (now.length + 1)
      return now.slice(0, start) + put + now.slice(start + length)
    }, text),
  )
}

const json = (good: object) =>
  fc.oneof(
    fc.json({ maxDepth: 4 }),
    spoiled(good).map((object) => JSON.stringify(object)),
    mutated(spoiled(good).map((object) => JSON.stringify(object))),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )

const answers = fc.oneof(
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
  getuserphonenumber: (send: Send) =>
    getuserphonenumber({ send, watermarkRule: watermark }, { phoneCode: '' }),
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
/** One piece over and over, up to the size at which a body is refused unread: what takes long shows here. */
const long = fc
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
  { weight: 1, arbitrary: long },
)

const [timestamp, nonce] = [pushSecure.timestamp, pushSecure.nonce]
const plainKeys = { appId: pushSecure.appId, token: pushSecure.token }
const secureKeys = { ...plainKeys, encodingAesKey: pushSecure.encodingAesKey }

/** As WeChat would seal it, or with a length and a padding of one's own. */
function seal(message: string, [length, padding]: [number | undefined, number | undefined]): string {
  const bytes = Buffer.from(message)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length ?? bytes.length)
  const plain = Buffer.concat([Buffer.alloc(16), size, bytes, Buffer.from(pushSecure.appId)])
  const missing = 32 - (plain.length % 32)
  const key = Buffer.from(`${pushSecure.encodingAesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(missing, padding ?? missing)])),
    cipher.final(),
  ]).toString('base64')
}

const sealed = fc.oneof(
  fc
    .tuple(
      messages,
      fc.tuple(fc.option(fc.nat(0xffffffff), { nil: undefined }), fc.option(fc.nat(255), { nil: undefined })),
    )
    .map(([message, odd]) => seal(message, odd)),
  messages.map((message) => seal(message, [undefined, undefined])),
  fc.base64String({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

function encrypt(plain: string): string {
  const key = Buffer.from(profile.sessionKey, 'base64')
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.from(profile.iv, 'base64'))
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

const encrypted = fc.oneof(
  json(profile.parsed).map(encrypt),
  json(phoneResponse.phone_info).map(encrypt),
  mutated(fc.constant(profile.encryptedData)),
  fc.base64String({ maxLength: 200 }),
)
const bytes16 = (good: string) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(good) },
    fc.uint8Array({ minLength: 15, maxLength: 17 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    mutated(fc.constant(good)),
  )

/** Runs a parser; gives its outcome in a word, and throws what is not one of the three errors. */
async function outcome(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'read'
  } catch (error) {
    if (error instanceof WeChatApiError) return 'refused'
    if (error instanceof WeChatUnreachableError || error instanceof WeChatResponseError) return error.reason
    throw error
  }
}

export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'answers',
    property: (note) =>
      fc.asyncProperty(
        fc.constantFrom(...Object.values(endpoints)),
        answers,
        fc.constantFrom(200, 200, 200, 204, 302, 404, 500, 502),
        async (endpoint, body, status) => {
          const send: Send = async (question) =>
            parseResponse(question, { status, text: body, respondedAt: undefined })
          note(await outcome(() => endpoint(send)))
        },
      ),
  },
  {
    name: 'plain pushes',
    property: (note) =>
      fc.asyncProperty(messages, async (body) => {
        const signature = pushSignature(plainKeys.token, timestamp, nonce)
        note(await outcome(() => parsePush({ query: { timestamp, nonce, signature }, body }, plainKeys)))
      }),
  },
  {
    name: 'encrypted pushes',
    property: (note) =>
      fc.asyncProperty(sealed, async (encryptedPush) => {
        const msg_signature = pushSignature(plainKeys.token, timestamp, nonce, encryptedPush.trim())
        const body = JSON.stringify({ Encrypt: encryptedPush })
        note(await outcome(() => parsePush({ query: { timestamp, nonce, msg_signature }, body }, secureKeys)))
      }),
  },
  {
    name: 'encrypted data',
    property: (note) =>
      fc.asyncProperty(
        fc.constantFrom('phone', 'profile'),
        bytes16(profile.sessionKey),
        bytes16(profile.iv),
        encrypted,
        async (kind, sessionKey, iv, encryptedData) => {
          note(await outcome(() => decrypt({ kind, sessionKey, iv, encryptedData }, watermark)))
        },
      ),
  },
]
