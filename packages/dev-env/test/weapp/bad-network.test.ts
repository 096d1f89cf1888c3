import { describe, expect } from 'vitest'
import { phones } from './_phones.ts'
import { testIn } from './_test.ts'
import { openPopup } from './_visit.ts'
import { words } from './_words.ts'

const test = testIn()
const { network: troubles } = words.errors

describe.each(phones)('$platform, promises as $promises', (phone) => {
  test('a network that is away before the login is told, and a retry logs in', async ({ visit }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    alice.phone.network.isOnline = false
    await alice.tapsPhoneButton()
    await alice.sees(troubles.offline.title, troubles.offline.body)
    expect(alice.host.text()).not.toContain(words.login.submitting)

    alice.phone.network.isOnline = true
    await alice.taps(words.login.recovery.send)
    await alice.sees(words.login.welcomeNew)
  })

  test('a network that is cut during the login is told, and a retry logs in', async ({ visit, world }) => {
    const alice = await visit(phone)
    await openPopup(alice)
    alice.gateway.plan('login', async (passOn) => {
      const answer = await passOn()
      alice.phone.network.cut()
      return answer
    })
    await alice.tapsPhoneButton()
    await alice.sees(troubles.interrupted.title)
    expect(alice.host.text()).not.toContain(words.login.submitting)

    const before = world.wechat.console().charges.phoneTaps
    await alice.taps(words.login.recovery.send)
    await alice.sees(words.login.welcomeNew)
    expect(world.wechat.console().charges.phoneTaps).toBe(before)
  })
})
