import { expect } from 'vitest'
import { readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { hasRoleWithText } from './_in-page.ts'
import { test } from './_test.ts'

/** Finds controls, images, dialogs and headings without an accessible name. */
async function findUnnamed({ page }: H5Driver): Promise<string[]> {
  const snapshot = await page.locator('body').ariaSnapshot()
  const unnamed = /^\s*- (button|link|textbox|combobox|radio|checkbox|img|dialog|heading)\b(?! ")/
  return snapshot.split('\n').filter((line) => unnamed.test(line))
}

describeInBrowser('the browser build with a screen reader', () => {
  test('every control has an accessible name on every screen of a login', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.sees(zh.day.title)
    expect(await findUnnamed(alice), 'home').toEqual([])
    await openPopup(alice)
    expect(await findUnnamed(alice), 'popup').toEqual([])
    await openPhoneSheet(alice)
    expect(await findUnnamed(alice), 'phone number sheet').toEqual([])
    await alice.taps(sandboxLabels.refuse)
    await alice.sees(zh.errors.phone.refused.title)
    expect(await findUnnamed(alice), 'refused phone number').toEqual([])
    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    await alice.logsIn()
    await alice.taps((await readMember(world, await alice.storedToken())).nickName)
    await alice.sees(zh.me.logout)
    expect(await findUnnamed(alice), 'own page').toEqual([])
  })

  test('the popup is a modal dialog with a name', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    const dialog = alice.page.getByRole('dialog', { name: zh.login.title })
    expect(await dialog.count()).toBe(1)
    expect(await dialog.getAttribute('aria-modal')).toBe('true')
  })

  test('an error has the role alert, and the welcome has the role status', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(sandboxLabels.refuse)
    await alice.page.getByRole('alert').filter({ hasText: zh.errors.phone.refused.title }).waitFor()
    await alice.taps(zh.login.recovery.tap)
    await alice.sees(sandboxLabels.sheetTitle)
    // Polled in the page from before the tap, because the welcome closes after two seconds.
    await Promise.all([
      alice.page.waitForFunction(hasRoleWithText, ['status', zh.login.welcomeNew] as const),
      alice.taps(sandboxLabels.allow),
    ])
  })
})
