import { expect } from 'vitest'
import { countCharges, readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

describeInBrowser('declining a login, and choices on the way, in the browser build', () => {
  test('“not now” closes the popup without a charge and leaves the day visible', async ({
    openApp,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await openPopup(alice)
    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    await alice.sees(zh.day.events.breakfast.title)
    expect(await alice.page.getByText(zh.day.events.yourVisit.title).count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('a person who refuses the phone number reads that this is fine, and can log in later', async ({
    openApp,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(sandboxLabels.refuse)
    await alice.sees(zh.errors.phone.refused.title, zh.errors.phone.refused.body)
    expect(charges()).toBe(0)

    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    await alice.logsIn()
    expect(charges()).toBe(1)
  })

  test('a phone number that is typed into the sheet becomes the number of the account', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(sandboxLabels.anotherNumber)
    await alice.page.getByLabel(sandboxLabels.numberField).fill('13912342046')
    await alice.taps(sandboxLabels.add)
    await alice.taps(sandboxLabels.allow)
    await alice.hasSeen(zh.login.welcomeNew)
    const { maskedPhone, nickName } = await readMember(world, await alice.storedToken())
    expect([maskedPhone, nickName.slice(-4)]).toEqual(['139****2046', '2046'])
  })

  test('a person without a phone number in WeChat reads how to add one', async ({ openApp, world }) => {
    const dave = await openApp({ person: world.wechat.addPerson({ name: 'dave', phones: [] }) })
    await openPopup(dave)
    await dave.taps(zh.login.button)
    await dave.sees(zh.errors.phone['no-phone'].title)
  })

  test('another person of the debug bar logs in to another account', async ({ openApp, world }) => {
    const alice = await openApp({ person: world.wechat.person('alice') })
    await alice.logsIn()
    const first = await readMember(world, await alice.storedToken())
    await alice.taps(first.nickName)
    await alice.taps(zh.me.logout)
    await alice.sees(zh.me.guest.title)

    // The debug bar reloads the page.
    await Promise.all([
      alice.page.waitForEvent('load'),
      alice.page.getByLabel(sandboxLabels.selectPerson).selectOption('bob'),
    ])
    await alice.reopensApp()
    await alice.logsIn()
    const second = await readMember(world, await alice.storedToken())
    expect(second.id).not.toBe(first.id)
    const [number] = world.wechat.person('bob').phones
    expect(second.nickName.slice(-4)).toBe(number?.purePhoneNumber.slice(-4))
  })
})
