import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decrypt, sessionSignature, verifySignature, type WatermarkRule } from '../src/index.ts'
import { vectors } from './_vectors.ts'

const { profile, phone } = vectors
const madeAt = new Date(profile.parsed.watermark.timestamp * 1_000)
const rule: WatermarkRule = { appId: profile.appId, maxAgeMs: 600_000, clock: () => madeAt }

const official = { ...profile, kind: 'profile' } as const

function encrypt(plain: string | Buffer, { sessionKey, iv } = profile) {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), Buffer.from(iv, 'base64'))
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

test("WeChat's own example of a profile decrypts", () => {
  const { watermark, ...said } = profile.parsed
  expect(decrypt(official, rule)).toEqual({ ...said, consentedAt: madeAt })
  expect(watermark.appid).toBe(profile.appId)
})

test('a phone decrypts to a number in E.164', () => {
  expect(decrypt({ ...phone, kind: 'phone' }, rule)).toEqual({
    phoneNumber: '+8613580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    consentedAt: madeAt,
  })
})

test('the misprinted IV, which garbles one byte of the openid alone, is refused', () => {
  expect(() => decrypt({ ...official, iv: vectors.misprintedIv.iv }, rule)).toThrow(/does not decrypt/)
})

test('a wrong IV that garbles the openid into another openid is refused where the openid is known', () => {
  const iv = Buffer.from(profile.iv, 'base64')
  iv[11] = (iv[11] ?? 0) ^ 1
  const garbled = { ...official, iv: iv.toString('base64') }
  expect(decrypt(garbled, rule).openId).not.toBe(profile.parsed.openId)
  expect(() => decrypt({ ...garbled, openId: profile.parsed.openId }, rule)).toThrow(
    expect.objectContaining({ code: 'WECHAT_UNREADABLE', reason: 'openid' }),
  )
})

test('a wrong key that happens to unpad is refused', () => {
  let unpadded = 0
  for (let n = 0; unpadded < 3; n += 1) {
    const key = createHash('md5').update(String(n)).digest()
    const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(profile.iv, 'base64'))
    decipher.update(profile.encryptedData, 'base64')
    try {
      decipher.final()
      unpadded += 1
    } catch {
      continue
    }
    expect(() => decrypt({ ...official, sessionKey: key.toString('base64') }, rule)).toThrow(
      expect.objectContaining({ reason: 'decryption' }),
    )
  }
})

test.each([
  ['a key of 15 bytes', { sessionKey: Buffer.alloc(15).toString('base64') }],
  ['an empty key', { sessionKey: '' }],
  ['an IV of 17 bytes', { iv: Buffer.alloc(17).toString('base64') }],
  ['half a block', { encryptedData: Buffer.alloc(24).toString('base64') }],
  ['no data', { encryptedData: '' }],
  ['blanks for plus signs', { encryptedData: profile.encryptedData.replaceAll('+', ' ') }],
  ['no JSON', { encryptedData: encrypt('hello') }],
  ['no UTF-8', { encryptedData: encrypt(Buffer.from([0x22, 0xff, 0x22])) }],
])('%s is refused without a word about the step', (_, part) => {
  const refused = expect(() => decrypt({ ...official, ...part }, rule))
  refused.toThrow(expect.objectContaining({ code: 'WECHAT_UNREADABLE', reason: 'decryption' }))
  refused.not.toThrow(expect.objectContaining({ cause: expect.anything() }))
})

test.each(['null', '[]', '1', '{}', '{"watermark":{}}', '{"watermark":{"appid":1,"timestamp":1}}'])(
  'well encrypted %s is no profile',
  (json) => {
    expect(() => decrypt({ ...official, encryptedData: encrypt(json) }, rule)).toThrow(
      expect.objectContaining({ reason: 'shape' }),
    )
  },
)

test('a profile is no phone, and a phone without its watermark neither', () => {
  expect(() => decrypt({ ...official, kind: 'phone' }, rule)).toThrow(
    expect.objectContaining({ reason: 'shape' }),
  )
  const bare = encrypt('{"phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":"86"}')
  expect(() => decrypt({ ...official, kind: 'phone', encryptedData: bare }, rule)).toThrow(
    expect.objectContaining({ reason: 'shape' }),
  )
})

test("another mini-program's data is refused", () => {
  expect(() => decrypt(official, { ...rule, appId: 'wx0000000000000000' })).toThrow(
    expect.objectContaining({ reason: 'watermark-appid' }),
  )
})

test('data is refused from the millisecond on at which it is too old', () => {
  const at = (ms: number) => ({ ...rule, clock: () => new Date(madeAt.getTime() + ms) })
  expect(decrypt(official, at(600_000)).openId).toBe(profile.parsed.openId)
  expect(() => decrypt(official, at(600_001))).toThrow(expect.objectContaining({ reason: 'watermark-age' }))
  expect(() => decrypt(official, at(-300_001))).toThrow(expect.objectContaining({ reason: 'watermark-age' }))
})

test("WeChat's own example of a rawData signature holds, and no other does", () => {
  const { rawData, sessionKey, signature } = vectors.rawData
  expect(verifySignature({ rawData, sessionKey, signature })).toBe(true)
  expect(verifySignature({ rawData: `${rawData} `, sessionKey, signature })).toBe(false)
  expect(verifySignature({ rawData, sessionKey: profile.sessionKey, signature })).toBe(false)
  for (const wrong of ['', signature.slice(1), `${signature}0`, signature.toUpperCase(), '汉字']) {
    expect(verifySignature({ rawData, sessionKey, signature: wrong })).toBe(false)
  }
})

test("WeChat's own example of a session signature: the key is the text, not its bytes", () => {
  const { key, data, signature } = vectors.session
  expect(sessionSignature(key, data)).toBe(signature)
  expect(sessionSignature(key)).toBe('46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128')
})
