import { expect } from 'vitest'
import { htmlReply } from '../_fixtures.ts'
import { accountZh, zh } from '../_messages.ts'
import { testIn } from './_test.ts'

const test = testIn()
const { devices } = accountZh
/** The model of weapp-host's Android phone. */
const ANDROID_MODEL = 'Redmi Note 8'

test('a device that is logged out leaves the list and becomes a guest at its next call', async ({
  openApp,
}) => {
  const alice = await openApp({ platform: 'ios' })
  await alice.logsIn()
  const other = await openApp({ platform: 'android', person: alice.person })
  await other.host.waitFor(other.shownNickName)

  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  await alice.taps(zh.me.devices)
  await alice.sees(devices.currentDevice, ANDROID_MODEL)
  await alice.taps(devices.logOutLabel(ANDROID_MODEL))
  await alice.sees(devices.onlyDevice.title)
  expect(alice.host.text()).not.toContain(ANDROID_MODEL)

  await other.taps(await other.host.waitFor(other.shownNickName))
  await other.taps(zh.me.devices)
  await other.sees(devices.guest.title)
  expect(other.storedToken()).toBeUndefined()
})

test('cancelling the confirm dialogs logs out no device', async ({ openApp }) => {
  const alice = await openApp({ platform: 'ios' })
  await alice.logsIn()
  const other = await openApp({ platform: 'android', person: alice.person })
  await other.host.waitFor(other.shownNickName)
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  await alice.taps(zh.me.devices)
  alice.phone.user.modal = 'cancel'
  await alice.taps(devices.logOutLabel(ANDROID_MODEL))
  await alice.taps(devices.logOutEverywhere)
  await alice.sees(devices.currentDevice, ANDROID_MODEL)
  expect(alice.proxy.calls).not.toContain('session.revoke')
  expect(alice.proxy.calls).not.toContain('session.logoutEverywhere')
})

test('logging out everywhere logs out this device as well', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  await alice.taps(zh.me.devices)
  await alice.taps(devices.logOutEverywhere)
  await alice.sees(zh.me.guest.title)
  expect(alice.storedToken()).toBeUndefined()
})

test('a list that cannot be loaded shows an error, and a retry loads it', async ({ openApp }) => {
  const alice = await openApp()
  await alice.logsIn()
  await alice.taps(await alice.host.waitFor(alice.shownNickName))
  alice.proxy.interceptOnce('session.list', async () => htmlReply(502))
  await alice.taps(zh.me.devices)
  await alice.sees(zh.errors.network.gateway.title)
  await alice.taps(zh.me.retry)
  await alice.sees(devices.currentDevice)
})
