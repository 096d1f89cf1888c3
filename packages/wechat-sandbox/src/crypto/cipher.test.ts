import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import push from '../../fixtures/push.json' with { type: 'json' }
import fixture from '../../fixtures/signatures.json' with { type: 'json' }
import { openPush } from '../../test/_decrypt.ts'
import { encryptForApp, encryptPush, signPush, signRawData } from './cipher.ts'

test('encryptedData equals the official vector', () => {
  const { plaintext, sessionKey, iv, encryptedData } = fixture.encryptedData
  expect(encryptForApp(plaintext, sessionKey, Buffer.from(iv, 'base64'))).toBe(encryptedData)
})

test('the signature of rawData equals the official sample', () => {
  const { rawData, sessionKey, signature } = fixture.rawData
  expect(signRawData(rawData, sessionKey)).toBe(signature)
})

test('the session signature uses the base64 text of the key', () => {
  const { key, data, signature } = fixture.sessionSignature
  expect(createHmac('sha256', key).update(data).digest('hex')).toBe(signature)
})

test.each(push.urlVerification)('the signature of a push equals the official sample ($nonce)', (sample) => {
  expect(signPush(sample.token, sample.timestamp, sample.nonce)).toBe(sample.signature)
})

test.each(['', 'a', '柿'.repeat(21), 'x'.repeat(1_000)])(
  'an encrypted push of any length can be decrypted (%#)',
  (text) => {
    const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
    const encrypted = encryptPush(text, {
      appId: 'wx4f4bc4dec97d474b',
      encodingAesKey,
      random: Buffer.alloc(16, 7),
    })
    expect(openPush(encrypted, encodingAesKey)).toEqual({ message: text, appId: 'wx4f4bc4dec97d474b' })
  },
)
