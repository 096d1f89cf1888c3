import { expect } from 'vitest'
import { countCharges, logInElsewhere, readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

describeInBrowser('a first login in a browser', () => {
  test('a guest browses, and nobody asks for a phone', async ({ openApp, world }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await alice.sees(zh.day.title, zh.day.events.breakfast.title)
    await alice.taps(zh.me.entrance)
    await alice.sees(zh.me.guest.title)
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('from a tap to a name, a token and one row, at one charge', async ({ openApp, world }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(sandboxLabels.allow)
    await alice.sees(zh.login.welcomeNew)

    const { id, nickName } = await readMember(world, await alice.storedToken())
    await alice.sees(zh.login.welcome(nickName))
    expect(nickName).toMatch(new RegExp(`${alice.person.phones[0]?.purePhoneNumber.slice(-4)}$`))
    expect(alice.calls.get('login')).toBe(1)
    expect(charges()).toBe(1)
    const elsewhere = await logInElsewhere(world, alice.person)
    expect([elsewhere.isNew, elsewhere.member.id]).toEqual([false, id])
  })

  test('the deed that asked for the login is done after it, once', async ({ openApp }) => {
    const alice = await openApp()
    await alice.logsIn()
    await alice.seesNoMore(zh.login.welcomeNew)
    expect(await alice.page.getByText(zh.day.events.yourVisit.title).count()).toBe(1)
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
  })

  test('one’s own page shows the name and the ends of the number', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName, maskedPhone } = await readMember(world, await alice.storedToken())
    await alice.taps(nickName)
    await alice.sees(nickName, maskedPhone, zh.me.logout)
    expect(maskedPhone).toMatch(/^138\*{4}\d{4}$/)
  })

  test('a login outlives a reload, without a word and without a charge', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    const charges = countCharges(world)
    await alice.reopensApp()
    await alice.button(nickName).waitFor()
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('who logs out is a guest, also after a reload', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    await alice.taps((await readMember(world, await alice.storedToken())).nickName)
    await alice.taps(zh.me.logout)
    await alice.sees(zh.me.loggedOut, zh.me.guest.title)
    expect(await alice.storedToken()).toBeUndefined()
    await alice.reopensApp()
    await alice.button(zh.me.entrance).waitFor()
    await alice.sees(zh.day.title)
    expect(await alice.storedToken()).toBeUndefined()
  })
})
