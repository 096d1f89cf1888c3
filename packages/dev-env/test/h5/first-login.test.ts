import { expect } from 'vitest'
import { inBrowser } from './_browser.ts'
import { countCharges, logInElsewhere, readMember } from './_records.ts'
import { test } from './_test.ts'
import { logIn, openPhoneSheet, openPopup } from './_visit.ts'
import { wechat, zh } from './_words.ts'

inBrowser('a first login in a browser', () => {
  test('a guest browses, and nobody asks for a phone', async ({ visit, world }) => {
    const charges = countCharges(world)
    const alice = await visit()
    await alice.sees(zh.day.title, zh.day.events.breakfast.title)
    await alice.taps(zh.me.entrance)
    await alice.sees(zh.me.guest.title)
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('from a tap to a name, a token and one row, at one charge', async ({ visit, world }) => {
    const charges = countCharges(world)
    const alice = await visit()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(wechat.allow)
    await alice.sees(zh.login.welcomeNew)

    const { id, nickName } = await readMember(world, await alice.keptToken())
    await alice.sees(zh.login.welcome(nickName))
    expect(nickName).toMatch(new RegExp(`${alice.person.phones[0]?.purePhoneNumber.slice(-4)}$`))
    expect(alice.calls.get('login')).toBe(1)
    expect(charges()).toBe(1)
    const elsewhere = await logInElsewhere(world, alice.person)
    expect([elsewhere.isNew, elsewhere.member.id]).toEqual([false, id])
  })

  test('the deed that asked for the login is done after it, once', async ({ visit }) => {
    const alice = await visit()
    await logIn(alice)
    await alice.seesNoMore(zh.login.welcomeNew)
    expect(await alice.page.getByText(zh.day.events.yourVisit.title).count()).toBe(1)
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
  })

  test('one’s own page shows the name and the ends of the number', async ({ visit, world }) => {
    const alice = await visit()
    await logIn(alice)
    const { nickName, maskedPhone } = await readMember(world, await alice.keptToken())
    await alice.taps(nickName)
    await alice.sees(nickName, maskedPhone, zh.me.logout)
    expect(maskedPhone).toMatch(/^138\*{4}\d{4}$/)
  })

  test('a login outlives a reload, without a word and without a charge', async ({ visit, world }) => {
    const alice = await visit()
    await logIn(alice)
    const { nickName } = await readMember(world, await alice.keptToken())
    const charges = countCharges(world)
    await alice.comesBack()
    await alice.control(nickName).waitFor()
    expect(await alice.page.getByRole('dialog').count()).toBe(0)
    expect(charges()).toBe(0)
  })

  test('who logs out is a guest, also after a reload', async ({ visit, world }) => {
    const alice = await visit()
    await logIn(alice)
    await alice.taps((await readMember(world, await alice.keptToken())).nickName)
    await alice.taps(zh.me.logout)
    await alice.sees(zh.me.loggedOut, zh.me.guest.title)
    expect(await alice.keptToken()).toBeUndefined()
    await alice.comesBack()
    await alice.control(zh.me.entrance).waitFor()
    await alice.sees(zh.day.title)
    expect(await alice.keptToken()).toBeUndefined()
  })
})
