import { expect } from 'vitest'
import { readMember } from '../_api-client.ts'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

/** What a screen reader can act on or dwell on, and has no name for. */
async function nameless({ page }: H5Driver): Promise<string[]> {
  const heard = await page.locator('body').ariaSnapshot()
  const roles = /^\s*- (button|link|textbox|combobox|radio|checkbox|img|dialog|heading)\b(?! ")/
  return heard.split('\n').filter((line) => roles.test(line))
}

describeInBrowser('for a screen reader', () => {
  test('everything that acts has a name, from the guest to the member', async ({ openApp, world }) => {
    const alice = await openApp()
    await alice.sees(zh.day.title)
    expect(await nameless(alice), 'home').toEqual([])
    await openPopup(alice)
    expect(await nameless(alice), 'popup').toEqual([])
    await openPhoneSheet(alice)
    expect(await nameless(alice), 'WeChat’s sheet').toEqual([])
    await alice.taps(sandboxLabels.refuse)
    await alice.sees(zh.errors.phone.refused.title)
    expect(await nameless(alice), 'a refusal').toEqual([])
    await alice.taps(zh.login.notNow)
    await alice.seesNoMore(zh.login.notNow)
    await alice.logsIn()
    await alice.taps((await readMember(world, await alice.storedToken())).nickName)
    await alice.sees(zh.me.logout)
    expect(await nameless(alice), 'one’s own page').toEqual([])
  })

  test('the popup is a modal dialog with a name', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    const dialog = alice.page.getByRole('dialog', { name: zh.login.title })
    expect(await dialog.count()).toBe(1)
    expect(await dialog.getAttribute('aria-modal')).toBe('true')
  })

  test('a trouble is an alert, and the welcome a status', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.taps(sandboxLabels.refuse)
    await alice.page.getByRole('alert').filter({ hasText: zh.errors.phone.refused.title }).waitFor()
    await alice.taps(zh.login.recovery.tap)
    await alice.sees(sandboxLabels.sheetTitle)
    await alice.taps(sandboxLabels.allow)
    await alice.page.getByRole('status').filter({ hasText: zh.login.welcomeNew }).waitFor()
  })
})
