import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import push from '../../fixtures/push.json' with { type: 'json' }
import fixture from '../../fixtures/signatures.json' with { type: 'json' }
import { decryptPushMessage } from '../../test/_decrypt.ts'
import { encryptForApp, encryptPush, signPush, signRawData } from './cipher.ts'

test('encryptedData of the official vector comes out to the letter', () => {
  const { plaintext, sessionKey, iv, encryptedData } = fixture.encryptedData
  expect(encryptForApp(plaintext, sessionKey, Buffer.from(iv, 'base64'))).toBe(encryptedData)
})

test('rawData is signed as in the official sample', () => {
  const { rawData, sessionKey, signature } = fixture.rawData
  expect(signRawData(rawData, sessionKey)).toBe(signature)
})

test('the session signature takes the key as text', () => {
  const { key, data, signature } = fixture.sessionSignature
  expect(createHmac('sha256', key).update(data).digest('hex')).toBe(signature)
})

test.each(push.urlVerification)('a push is signed as in the official sample ($nonce)', (sample) => {
  expect(signPush(sample.token, sample.timestamp, sample.nonce)).toBe(sample.signature)
})

test.each(['', 'a', '柿'.repeat(21), 'x'.repeat(1_000)])(
  'what is encrypted for a push can be read again',
  (text) => {
    const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
    const encrypted = encryptPush(text, 'wx4f4bc4dec97d474b', key, Buffer.alloc(16, 7))
    expect(decryptPushMessage(encrypted, key)).toEqual({ message: text, appId: 'wx4f4bc4dec97d474b' })
  },
)
