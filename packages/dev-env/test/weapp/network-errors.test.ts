import { describe, expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'

const test = testIn()
const { network: troubles } = zh.errors

describe.each(phones)('$platform with $promises promises', (phone) => {
  test('a network that is away before the login is told, and a retry logs in', async ({ openApp }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.phone.network.isOnline = false
    await alice.tapsPhoneButton()
    await alice.sees(troubles.offline.title, troubles.offline.body)
    expect(alice.host.text()).not.toContain(zh.login.submitting)

    alice.phone.network.isOnline = true
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
  })

  test('a network that is cut during the login is told, and a retry logs in', async ({ openApp, world }) => {
    const alice = await openApp(phone)
    await openPopup(alice)
    alice.proxy.interceptOnce('login', async (forward) => {
      const answer = await forward()
      alice.phone.network.cut()
      return answer
    })
    await alice.tapsPhoneButton()
    await alice.sees(troubles.interrupted.title)
    expect(alice.host.text()).not.toContain(zh.login.submitting)

    const before = world.wechat.console().charges.phoneTaps
    await alice.taps(zh.login.recovery.retry)
    await alice.sees(zh.login.welcomeNew)
    expect(world.wechat.console().charges.phoneTaps).toBe(before)
  })
})
