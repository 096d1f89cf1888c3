import { expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

const MAX_TABS = 30

const focused = ({ page, button }: H5Driver, label: string) => button(label).and(page.locator(':focus'))

/** Presses Tab until a button has the focus. */
async function tabTo(driver: H5Driver, label: string) {
  for (let presses = 0; presses < MAX_TABS; presses++) {
    if ((await focused(driver, label).count()) === 1) return
    await driver.page.keyboard.press('Tab')
  }
  throw new Error(`“${label}” did not get the focus after ${MAX_TABS} presses of Tab`)
}

/** Takes a screenshot of a button with its focus ring. */
async function screenshotOf({ page, button }: H5Driver, label: string) {
  const { x, y, width, height } = (await button(label).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const clip = { x: x - 6, y: y - 6, width: width + 12, height: height + 12 }
  return await page.screenshot({ clip, animations: 'disabled' })
}

describeInBrowser('the browser build with a keyboard', () => {
  test('a login needs the keys Tab and Enter only', async ({ openApp }) => {
    const alice = await openApp()
    await tabTo(alice, zh.day.visit)
    await alice.page.keyboard.press('Enter')
    await alice.sees(zh.login.title)
    await tabTo(alice, zh.login.button)
    await alice.page.keyboard.press('Enter')
    await alice.sees(sandboxLabels.sheetTitle)
    await tabTo(alice, sandboxLabels.allow)
    await alice.page.keyboard.press('Enter')
    await alice.hasSeen(zh.login.welcomeNew)
  })

  test('Escape closes the login popup', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    await alice.page.keyboard.press('Escape')
    await alice.seesNoMore(zh.login.notNow)
    await alice.sees(zh.day.title)
  })

  test('Escape on the phone number sheet refuses the phone number', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    await openPhoneSheet(alice)
    await alice.page.keyboard.press('Escape')
    await alice.sees(zh.errors.phone.refused.title)
  })

  test('the popup traps the focus and returns it when it closes', async ({ openApp }) => {
    const alice = await openApp()
    await tabTo(alice, zh.day.visit)
    await alice.page.keyboard.press('Enter')
    await alice.sees(zh.login.title)
    const inside = alice.page.getByRole('dialog', { name: zh.login.title }).locator(':focus')
    await inside.waitFor()
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
      await alice.page.keyboard.press(key)
      expect(await inside.count(), `after ${key}`).toBe(1)
    }
    await alice.page.keyboard.press('Escape')
    await alice.seesNoMore(zh.login.notNow)
    await focused(alice, zh.day.visit).waitFor()
  })

  test('a focused button has a visible focus ring', async ({ openApp }) => {
    const alice = await openApp()
    await alice.sees(zh.day.title)
    const before = await screenshotOf(alice, zh.day.visit)
    await tabTo(alice, zh.day.visit)
    expect((await screenshotOf(alice, zh.day.visit)).equals(before)).toBe(false)
  })
})
