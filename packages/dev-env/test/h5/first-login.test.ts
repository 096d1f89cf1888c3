import { expect } from 'vitest'
import { countCharges, logInViaApi, readMember } from '../_api-client.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { allowPhoneNumber } from './_h5-driver.ts'
import { test } from './_test.ts'

describeInBrowser('a first login in the browser build', () => {
  test('a guest sees the day and the own page without a login popup', async ({ openApp, world }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await alice.sees(zh.day.title, zh.day.events.breakfast.title)
    await alice.taps(zh.me.entrance)
    await alice.sees(zh.me.guest.title)
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('a login creates one member and one token at one charge', async ({ openApp, world }) => {
    const charges = countCharges(world)
    const alice = await openApp()
    await allowPhoneNumber(alice)
    await alice.hasSeen(zh.login.welcomeNew)

    const { id, nickName } = await readMember(world, await alice.storedToken())
    await alice.hasSeen(zh.login.welcome(nickName))
    expect(nickName).toMatch(new RegExp(`${alice.person.phones[0]?.purePhoneNumber.slice(-4)}$`))
    expect(alice.calls.get('login')).toBe(1)
    expect(charges()).toBe(1)
    const elsewhere = await logInViaApi(world, alice.person)
    expect([elsewhere.isNew, elsewhere.member.id]).toEqual([false, id])
  })

  test('the action that required the login runs once after it', async ({ openApp }) => {
    const alice = await openApp()
    await alice.logsIn()
    await alice.seesNoMore(zh.login.welcomeNew)
    expect(await alice.page.getByText(zh.day.events.yourVisit.title).count()).toBe(1)
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
  })

  test('the own page shows the nickname and the masked phone number', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName, maskedPhone } = await readMember(world, await alice.storedToken())
    await alice.taps(nickName)
    await alice.sees(nickName, maskedPhone, zh.me.logout)
    expect(maskedPhone).toMatch(/^138\*{4}\d{4}$/)
  })

  test('a member stays logged in after a reload, without a popup or a charge', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    const { nickName } = await readMember(world, await alice.storedToken())
    const charges = countCharges(world)
    await alice.reopensApp()
    await alice.button(nickName).waitFor()
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('a member who logs out stays a guest after a reload', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.logsIn()
    await alice.taps((await readMember(world, await alice.storedToken())).nickName)
    await alice.taps(zh.me.logout)
    await alice.hasSeen(zh.me.loggedOut)
    await alice.sees(zh.me.guest.title)
    expect(await alice.storedToken()).toBeUndefined()
    await alice.reopensApp()
    await alice.button(zh.me.entrance).waitFor()
    await alice.sees(zh.day.title)
    expect(await alice.storedToken()).toBeUndefined()
  })
})
