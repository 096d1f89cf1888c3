import { expect } from 'vitest'
import { countCharges, logInViaApi, readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { createDeferred } from '../_deferred.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { allowPhoneNumber, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

describeInBrowser('network errors in the browser build', () => {
  test('further taps during a slow login send no request', async ({ openApp, world }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    const slow = createDeferred()
    await alice.page.route('**/trpc/login', async (route) => {
      await slow.promise
      await route.continue()
    })
    await allowPhoneNumber(alice)
    const busyButton = alice.button(zh.login.submitting)
    await busyButton.waitFor()
    expect(await busyButton.isDisabled()).toBe(true)
    await busyButton.tap({ force: true })
    await busyButton.tap({ force: true })
    slow.resolve()
    await alice.hasSeen(zh.login.welcomeNew)
    expect([alice.calls.get('login'), charges()]).toEqual([1, 1])
    expect(await alice.page.getByText(sandboxLabels.sheetTitle).count()).toBe(0)
  })

  test('a double tap on the phone button opens one sheet', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    const button = alice.button(zh.login.button)
    await button.tap({ trial: true }) // Waits until the popup has slid in.
    const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const center = [x + width / 2, y + height / 2] as const
    await Promise.all([alice.page.touchscreen.tap(...center), alice.page.touchscreen.tap(...center)])
    await alice.sees(sandboxLabels.sheetTitle)
    expect(await alice.page.getByText(sandboxLabels.sheetTitle).count()).toBe(1)
  })

  test('a login without a network shows an error, and a retry logs in without a second charge', async ({
    openApp,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.page.route('**/trpc/**', (route) => route.abort('internetdisconnected'))
    await alice.taps(sandboxLabels.allow)
    await alice.sees(zh.errors.network.offline.title, zh.errors.network.offline.body)
    await alice.page.unroute('**/trpc/**')
    await alice.taps(zh.login.recovery.retry)
    await alice.hasSeen(zh.login.welcomeNew)

    expect(charges()).toBe(1)
    const { id } = await readMember(world, await alice.storedToken())
    expect((await logInViaApi(world, alice.person)).member.id).toBe(id)
  })

  test('an offline phone can close the popup, and logs in once it is online', async ({ openApp, world }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await alice.page.context().setOffline(true)
    await openPopup(alice)
    await alice.taps(zh.login.button)
    await alice.seesNoMore(zh.login.prompting)
    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    await alice.page.context().setOffline(false)
    await alice.logsIn()
    expect(charges()).toBe(1)
  })

  test('a member who reopens the app while the API is unreachable stays logged in', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    await alice.page.route('**/trpc/**', (route) => route.abort('connectionrefused'))
    await alice.reopensApp()
    await alice.sees(zh.day.title)
    await alice.page.unroute('**/trpc/**')
    await alice.reopensApp()
    await alice.button(nickName).waitFor()
  })
})
