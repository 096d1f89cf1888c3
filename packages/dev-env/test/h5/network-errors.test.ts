import { expect } from 'vitest'
import { countCharges, logInElsewhere, readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

/** A network of an underground car park, from here on. */
async function slowDown({ page }: H5Driver) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 1_500,
    downloadThroughput: 4_000,
    uploadThroughput: 4_000,
  })
}

describeInBrowser('a bad network, in a browser', () => {
  test('while a slow login is under way it says so, and further taps send nothing', async ({
    openApp,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await slowDown(alice)
    await alice.taps(sandboxLabels.allow)
    const busy = alice.button(zh.login.submitting)
    await busy.waitFor()
    expect(await busy.isDisabled()).toBe(true)
    await busy.tap({ force: true })
    await busy.tap({ force: true })
    await alice.sees(zh.login.welcomeNew)
    expect([alice.calls.get('login'), charges()]).toEqual([1, 1])
    expect(await alice.page.getByText(sandboxLabels.sheetTitle).count()).toBe(0)
  })

  test('a double tap on the phone button opens one sheet', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    const button = alice.button(zh.login.button)
    await button.tap({ trial: true }) // The sheet has slid in.
    const { x, y, width, height } = (await button.boundingBox()) ?? nowhere
    const point = [x + width / 2, y + height / 2] as const
    await Promise.all([alice.page.touchscreen.tap(...point), alice.page.touchscreen.tap(...point)])
    await alice.sees(sandboxLabels.sheetTitle)
    expect(await alice.page.getByText(sandboxLabels.sheetTitle).count()).toBe(1)
  })

  test('a network that is gone when the answer is given has words, and the retry enters once', async ({
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
    await alice.sees(zh.login.welcomeNew)

    expect(charges()).toBe(1)
    const { id } = await readMember(world, await alice.storedToken())
    expect((await logInElsewhere(world, alice.person)).member.id).toBe(id)
  })

  test('offline before the tap has words, and leaves the guest with the day', async ({ openApp, world }) => {
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

  test('who comes back while the API is away stays logged in', async ({ openApp, world }) => {
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

const nowhere = { x: 0, y: 0, width: 0, height: 0 }
