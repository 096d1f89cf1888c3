import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { frozenClock, startSandbox } from '../src/index.ts'
import { decryptEncryptedData } from './_decrypt.ts'
import { exchangeLoginCode } from './_requests.ts'

test('user data is signed and encrypted with the session key', async () => {
  const clock = frozenClock('2026-01-01T00:00:00Z')
  await using sandbox = await startSandbox({ clock })
  const alice = sandbox.person('alice')
  const key = String((await exchangeLoginCode(sandbox, alice.tapsLogin())).body.session_key)
  const { rawData, signature, encryptedData, iv } = alice.userData()
  expect(
    createHash('sha1')
      .update(rawData + key)
      .digest('hex'),
  ).toBe(signature)
  expect(decryptEncryptedData(encryptedData, key, iv)).toEqual({
    ...JSON.parse(rawData),
    openId: alice.openId,
    unionId: alice.unionId,
    watermark: { timestamp: Date.parse('2026-01-01T00:00:00Z') / 1000, appid: sandbox.app.appId },
  })
})

test('the event of the phone button contains a code and the encrypted number', async () => {
  await using sandbox = await startSandbox()
  const carol = sandbox.person('carol')
  const key = String((await exchangeLoginCode(sandbox, carol.tapsLogin())).body.session_key)
  const tap = carol.tapsPhoneButton()
  if (tap.code === undefined) throw new Error(tap.errMsg)
  expect(tap.code).toMatch(/^[0-9a-f]{64}$/)
  expect(decryptEncryptedData(tap.encryptedData, key, tap.iv)).toMatchObject({
    purePhoneNumber: '51234567',
    countryCode: '852',
    watermark: { appid: sandbox.app.appId },
  })
})

test('a refused phone tap has the errMsg of its platform', async () => {
  await using sandbox = await startSandbox()
  const alice = sandbox.person('alice')
  expect(alice.refusesPhone('ios')).toEqual({ errMsg: 'getPhoneNumber:fail user deny' })
  expect(alice.refusesPhone('android')).toEqual({ errMsg: 'getPhoneNumber:fail:user deny' })
})

test('the phone tap of a person without a number yields no code and is not charged', async () => {
  await using sandbox = await startSandbox({ people: [{ name: 'alice' }] })
  const alice = sandbox.person('alice')
  expect(alice.tapsPhoneButton()).toEqual({ errMsg: expect.stringContaining('用户未绑定手机') })
  expect(() => alice.allowsPhone()).toThrow('the tap of alice yields no code')
  expect(sandbox.console().charges.phoneTaps).toBe(0)
})
