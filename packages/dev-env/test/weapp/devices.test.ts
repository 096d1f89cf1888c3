import { describe, expect } from 'vitest'
import { htmlReply } from '../_fixtures.ts'
import { accountZh, zh } from '../_messages.ts'
import { testIn } from './_test.ts'

const test = testIn({})
const { devices } = accountZh

describe('my devices', () => {
  test('are listed, and one that is ended is gone from the list', async ({ openApp }) => {
    const alice = await openApp({ platform: 'ios' })
    await alice.logsIn()
    const other = await openApp({ platform: 'android', person: alice.person })
    await other.host.waitFor(other.shownNickName)

    await alice.taps(await alice.host.waitFor(alice.shownNickName))
    await alice.taps(zh.me.devices)
    await alice.sees(devices.currentDevice, 'Redmi Note 8')
    await alice.taps(devices.logOutLabel('Redmi Note 8'))
    await alice.sees(devices.onlyDevice.title)
    expect(alice.host.text()).not.toContain('Redmi Note 8')

    // The device that was ended finds out at its next call, and is not let in again behind the person's back.
    await other.taps(await other.host.waitFor(other.shownNickName))
    await other.taps(zh.me.devices)
    await other.sees(devices.guest.title)
    expect(other.storedToken()).toBeUndefined()
  })

  test('stay as they are when the person thinks better of it', async ({ openApp }) => {
    const alice = await openApp({ platform: 'ios' })
    await alice.logsIn()
    const other = await openApp({ platform: 'android', person: alice.person })
    await other.host.waitFor(other.shownNickName)
    await alice.taps(await alice.host.waitFor(alice.shownNickName))
    await alice.taps(zh.me.devices)
    alice.phone.user.modal = 'cancel'
    await alice.taps(devices.logOutLabel('Redmi Note 8'))
    await alice.taps(devices.logOutEverywhere)
    await alice.sees(devices.currentDevice, 'Redmi Note 8')
    expect(alice.proxy.calls).not.toContain('session.revoke')
    expect(alice.proxy.calls).not.toContain('session.logoutEverywhere')
  })

  test('can all be logged out, this one included', async ({ openApp }) => {
    const alice = await openApp()
    await alice.logsIn()
    await alice.taps(await alice.host.waitFor(alice.shownNickName))
    await alice.taps(zh.me.devices)
    await alice.taps(devices.logOutEverywhere)
    await alice.sees(zh.me.guest.title)
    expect(alice.storedToken()).toBeUndefined()
  })

  test('that cannot be read are a trouble with words, and a retry reads them', async ({ openApp }) => {
    const alice = await openApp()
    await alice.logsIn()
    await alice.taps(await alice.host.waitFor(alice.shownNickName))
    alice.proxy.interceptOnce('session.list', async () => htmlReply(502))
    await alice.taps(zh.me.devices)
    await alice.sees(zh.errors.network.proxy.title)
    await alice.taps(devices.retry)
    await alice.sees(devices.currentDevice)
  })
})
