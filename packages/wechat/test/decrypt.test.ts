import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decrypt, sessionSignature, verifySignature, type WatermarkRule } from '../src/index.ts'
import { vectors } from './_vectors.ts'

const { profile, phone } = vectors
const consentedAt = new Date(profile.parsed.watermark.timestamp * 1_000)
const rule: WatermarkRule = { appId: profile.appId, maxAgeMs: 600_000, clock: () => consentedAt }

const published = { ...profile, kind: 'profile' } as const

function encrypt(plain: string | Buffer, { sessionKey, iv } = profile) {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), Buffer.from(iv, 'base64'))
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

test("WeChat's published profile example decrypts", () => {
  const { watermark, ...fields } = profile.parsed
  expect(decrypt(published, rule)).toEqual({ ...fields, consentedAt })
  expect(watermark.appid).toBe(profile.appId)
})

test('an encrypted phone payload decrypts to a number in E.164', () => {
  expect(decrypt({ ...phone, kind: 'phone' }, rule)).toEqual({
    phoneNumber: '+8613580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    consentedAt,
  })
})

test('an IV that corrupts one byte of the openid is rejected', () => {
  expect(() => decrypt({ ...published, iv: vectors.misprintedIv.iv }, rule)).toThrow(/does not decrypt/)
})

test('an IV that turns the openid into another valid openid is rejected if the openid is known', () => {
  const iv = Buffer.from(profile.iv, 'base64')
  iv[11] = (iv[11] ?? 0) ^ 1
  const corrupted = { ...published, iv: iv.toString('base64') }
  expect(decrypt(corrupted, rule).openId).not.toBe(profile.parsed.openId)
  expect(() => decrypt({ ...corrupted, openId: profile.parsed.openId }, rule)).toThrow(
    expect.objectContaining({ code: 'WECHAT_UNREADABLE', reason: 'openid' }),
  )
})

test('a wrong key that yields valid padding is rejected', () => {
  let validPaddings = 0
  for (let n = 0; validPaddings < 3; n += 1) {
    const key = createHash('md5').update(String(n)).digest()
    const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(profile.iv, 'base64'))
    decipher.update(profile.encryptedData, 'base64')
    try {
      decipher.final()
      validPaddings += 1
    } catch {
      continue
    }
    expect(() => decrypt({ ...published, sessionKey: key.toString('base64') }, rule)).toThrow(
      expect.objectContaining({ reason: 'decryption' }),
    )
  }
})

test.each([
  ['a key of 15 bytes', { sessionKey: Buffer.alloc(15).toString('base64') }],
  ['an empty key', { sessionKey: '' }],
  ['an IV of 17 bytes', { iv: Buffer.alloc(17).toString('base64') }],
  ['half a block', { encryptedData: Buffer.alloc(24).toString('base64') }],
  ['empty data', { encryptedData: '' }],
  ['spaces instead of plus signs', { encryptedData: profile.encryptedData.replaceAll('+', ' ') }],
  ['plaintext that is not JSON', { encryptedData: encrypt('hello') }],
  ['plaintext that is not UTF-8', { encryptedData: encrypt(Buffer.from([0x22, 0xff, 0x22])) }],
])('%s is rejected without revealing the failed step', (_, part) => {
  const decryption = expect(() => decrypt({ ...published, ...part }, rule))
  decryption.toThrow(expect.objectContaining({ code: 'WECHAT_UNREADABLE', reason: 'decryption' }))
  decryption.not.toThrow(expect.objectContaining({ cause: expect.anything() }))
})

test.each(['null', '[]', '1', '{}', '{"watermark":{}}', '{"watermark":{"appid":1,"timestamp":1}}'])(
  'encrypted %s is rejected as a profile',
  (json) => {
    expect(() => decrypt({ ...published, encryptedData: encrypt(json) }, rule)).toThrow(
      expect.objectContaining({ reason: 'shape' }),
    )
  },
)

test('a profile, and a phone without watermark, are rejected as a phone', () => {
  expect(() => decrypt({ ...published, kind: 'phone' }, rule)).toThrow(
    expect.objectContaining({ reason: 'shape' }),
  )
  const withoutWatermark = encrypt(
    '{"phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":"86"}',
  )
  expect(() => decrypt({ ...published, kind: 'phone', encryptedData: withoutWatermark }, rule)).toThrow(
    expect.objectContaining({ reason: 'shape' }),
  )
})

test("another mini-program's data is rejected", () => {
  expect(() => decrypt(published, { ...rule, appId: 'wx0000000000000000' })).toThrow(
    expect.objectContaining({ reason: 'watermark-appid' }),
  )
})

test('data is rejected one millisecond past its maximum age, or too far in the future', () => {
  const ageOf = (ms: number) => ({ ...rule, clock: () => new Date(consentedAt.getTime() + ms) })
  expect(decrypt(published, ageOf(600_000)).openId).toBe(profile.parsed.openId)
  expect(() => decrypt(published, ageOf(600_001))).toThrow(
    expect.objectContaining({ reason: 'watermark-age' }),
  )
  expect(() => decrypt(published, ageOf(-300_001))).toThrow(
    expect.objectContaining({ reason: 'watermark-age' }),
  )
})

test("WeChat's published rawData signature is valid; modified signatures, data and keys are not", () => {
  const { rawData, sessionKey, signature } = vectors.rawData
  expect(verifySignature({ rawData, sessionKey, signature })).toBe(true)
  expect(verifySignature({ rawData: `${rawData} `, sessionKey, signature })).toBe(false)
  expect(verifySignature({ rawData, sessionKey: profile.sessionKey, signature })).toBe(false)
  for (const wrong of ['', signature.slice(1), `${signature}0`, signature.toUpperCase(), '汉字']) {
    expect(verifySignature({ rawData, sessionKey, signature: wrong })).toBe(false)
  }
})

test("WeChat's published session signature uses the text of the session key, not its bytes", () => {
  const { key, data, signature } = vectors.session
  expect(sessionSignature(key, data)).toBe(signature)
  expect(sessionSignature(key)).toBe('46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128')
})
