import { expect } from 'vitest'
import { countCharges, readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

describeInBrowser('what a person may choose, in a browser', () => {
  test('“not now” closes the popup, costs nothing, and the day is still there', async ({
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

  test('who refuses WeChat hears that it is fine, may browse on, and may still log in', async ({
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

  test('a number that is typed into WeChat’s sheet is the one of the account', async ({ openApp, world }) => {
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(sandboxLabels.anotherNumber)
    await alice.page.getByLabel(sandboxLabels.numberField).fill('13912342046')
    await alice.taps(sandboxLabels.add)
    await alice.taps(sandboxLabels.allow)
    await alice.sees(zh.login.welcomeNew)
    const { maskedPhone, nickName } = await readMember(world, await alice.storedToken())
    expect([maskedPhone, nickName.slice(-4)]).toEqual(['139****2046', '2046'])
  })

  test('a person without a number in WeChat hears what to do', async ({ openApp, world }) => {
    const dave = world.wechat.addPerson({ name: 'dave', phones: [] })
    const visitOfDave = await openApp({ person: dave })
    await openPopup(visitOfDave)
    await visitOfDave.taps(zh.login.button)
    await visitOfDave.sees(zh.errors.phone['no-phone'].title)
  })

  test('the local WeChat hands the phone to another person, with an account of their own', async ({
    openApp,
    world,
  }) => {
    const alice = await openApp({ person: world.wechat.person('alice') })
    await alice.logsIn()
    const first = await readMember(world, await alice.storedToken())
    await alice.taps(first.nickName)
    await alice.taps(zh.me.logout)
    await alice.sees(zh.me.guest.title)

    await alice.page.getByLabel(sandboxLabels.selectPerson).selectOption('bob')
    await alice.reopensApp()
    await alice.logsIn()
    const second = await readMember(world, await alice.storedToken())
    expect(second.id).not.toBe(first.id)
    const [number] = world.wechat.person('bob').phones
    expect(second.nickName.slice(-4)).toBe(number?.purePhoneNumber.slice(-4))
  })
})
