import { expect } from 'vitest'
import { logInViaApi, readMember } from '../_api-client.ts'
import { accountZh, zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import type { H5Driver } from './_h5-driver.ts'
import { test } from './_test.ts'

const { devices } = accountZh

/** Opens the list of devices from the home page of a member. */
async function openDevices({ taps, sees }: H5Driver, nickName: string) {
  await taps(nickName)
  await taps(zh.me.devices)
  await sees(devices.intro)
}

/** Taps a button of the confirm dialog, whose label may be the label of the button that opened it. */
async function confirmWith({ page }: H5Driver, label: string) {
  await page.getByText(label, { exact: true }).filter({ visible: true }).last().tap()
}

describeInBrowser('the list of devices in the browser build', () => {
  test('the only device of a member is shown as the only one', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    await openDevices(alice, nickName)
    await alice.sees(devices.currentDevice, devices.onlyDevice.title)
  })

  test('logging out another device revokes its session and keeps this one', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    const elsewhere = await logInViaApi(world, alice.person)
    await openDevices(alice, nickName)
    await alice.page.getByText(devices.logOut, { exact: true }).filter({ visible: true }).tap()
    await confirmWith(alice, devices.yes)
    await alice.hasSeen(devices.loggedOut)
    await alice.sees(devices.onlyDevice.title)
    await expect(readMember(world, elsewhere.token)).rejects.toThrow('SESSION_REVOKED')
    expect((await readMember(world, await alice.storedToken())).nickName).toBe(nickName)
  })

  test('cancelling the confirm dialog revokes no session', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    const elsewhere = await logInViaApi(world, alice.person)
    await openDevices(alice, nickName)
    await alice.taps(devices.logOutEverywhere)
    await confirmWith(alice, devices.no)
    await alice.seesNoMore(devices.confirmLogOutEverywhere.title)
    expect((await readMember(world, elsewhere.token)).nickName).toBe(nickName)
  })

  test('logging out everywhere revokes the sessions of both devices', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const token = await alice.storedToken()
    const { nickName } = await readMember(world, token)
    const elsewhere = await logInViaApi(world, alice.person)
    await openDevices(alice, nickName)
    await alice.taps(devices.logOutEverywhere)
    await confirmWith(alice, devices.yes)
    await alice.hasSeen(zh.me.loggedOut)
    await expect(readMember(world, elsewhere.token)).rejects.toThrow('SESSION_REVOKED')
    await expect(readMember(world, token)).rejects.toThrow('SESSION_REVOKED')
    expect(await alice.storedToken()).toBeUndefined()
  })

  test('a list that cannot be loaded shows an error, and a retry loads it', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    await alice.page.route('**/trpc/session.list', (route) => route.abort('internetdisconnected'))
    await alice.taps(nickName)
    await alice.taps(zh.me.devices)
    await alice.sees(zh.errors.network.offline.title)
    await alice.page.unroute('**/trpc/session.list')
    await alice.taps(zh.me.retry)
    await alice.sees(devices.currentDevice)
  })
})
