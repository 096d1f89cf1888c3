import { expect } from 'vitest'
import { inBrowser } from './_browser.ts'
import { countCharges, readMember } from './_records.ts'
import { test } from './_test.ts'
import { logIn, openPhoneSheet, openPopup } from './_visit.ts'
import { wechat, zh } from './_words.ts'

inBrowser('what a person may choose, in a browser', () => {
  test('“not now” closes the popup, costs nothing, and the day is still there', async ({ visit, world }) => {
    const charges = countCharges(world)
    const alice = await visit()
    await openPopup(alice)
    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    await alice.sees(zh.day.events.breakfast.title)
    expect(await alice.page.getByText(zh.day.events.yourVisit.title).count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('who refuses WeChat hears that it is fine, may browse on, and may still log in', async ({
    visit,
    world,
  }) => {
    const charges = countCharges(world)
    const alice = await visit()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(wechat.refuse)
    await alice.sees(zh.errors.phone.refused.title, zh.errors.phone.refused.body)
    expect(charges()).toBe(0)

    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    await logIn(alice)
    expect(charges()).toBe(1)
  })

  test('a number that is typed into WeChat’s sheet is the one of the account', async ({ visit, world }) => {
    const alice = await visit()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(wechat.anotherNumber)
    await alice.page.getByLabel(wechat.numberField).fill('13912342046')
    await alice.taps(wechat.add)
    await alice.taps(wechat.allow)
    await alice.sees(zh.login.welcomeNew)
    const { maskedPhone, nickName } = await readMember(world, await alice.keptToken())
    expect([maskedPhone, nickName.slice(-4)]).toEqual(['139****2046', '2046'])
  })

  test('a person without a number in WeChat hears what to do', async ({ visit, world }) => {
    const dave = world.wechat.addPerson({ name: 'dave', phones: [] })
    const visitOfDave = await visit({ person: dave })
    await openPopup(visitOfDave)
    await visitOfDave.taps(zh.login.button)
    await visitOfDave.sees(zh.errors.phone['no-phone'].title)
  })

  test('the local WeChat hands the phone to another person, with an account of their own', async ({
    visit,
    world,
  }) => {
    const alice = await visit({ person: world.wechat.person('alice') })
    await logIn(alice)
    const first = await readMember(world, await alice.keptToken())
    await alice.taps(first.nickName)
    await alice.taps(zh.me.logout)
    await alice.sees(zh.me.guest.title)

    await alice.page.getByLabel(wechat.whosePhone).selectOption('bob')
    await alice.comesBack()
    await logIn(alice)
    const second = await readMember(world, await alice.keptToken())
    expect(second.id).not.toBe(first.id)
    const [number] = world.wechat.person('bob').phones
    expect(second.nickName.slice(-4)).toBe(number?.purePhoneNumber.slice(-4))
  })
})
