import { expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, sandboxLabels } from './_h5-driver.ts'
import { test } from './_test.ts'

const isFocused = async ({ page, button }: H5Driver, said: string) =>
  (await button(said).and(page.locator(':focus')).count()) === 1

/** Presses Tab until a control has the focus. */
async function tabTo(visit: H5Driver, said: string) {
  for (let presses = 0; presses < 30; presses++) {
    if (await isFocused(visit, said)) return
    await visit.page.keyboard.press('Tab')
  }
  throw new Error(`Thirty times Tab never came to ${said}.`)
}

/** A picture of a control and a little around it, where its ring is. */
async function pictureOf({ page, button }: H5Driver, said: string) {
  const { x, y, width, height } = (await button(said).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const clip = { x: x - 6, y: y - 6, width: width + 12, height: height + 12 }
  return await page.screenshot({ clip, animations: 'disabled' })
}

describeInBrowser('with a keyboard alone', () => {
  test('one logs in', async ({ openApp }) => {
    const alice = await openApp()
    await tabTo(alice, zh.day.visit)
    await alice.page.keyboard.press('Enter')
    await alice.sees(zh.login.title)
    await tabTo(alice, zh.login.button)
    await alice.page.keyboard.press('Enter')
    await alice.sees(sandboxLabels.sheetTitle)
    await tabTo(alice, sandboxLabels.allow)
    await alice.page.keyboard.press('Enter')
    await alice.sees(zh.login.welcomeNew)
  })

  test('Escape is “not now”', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    await alice.page.keyboard.press('Escape')
    await alice.seesNoMore(zh.login.notNow)
    await alice.sees(zh.day.title)
  })

  test('Escape on WeChat’s sheet is a refusal', async ({ openApp }) => {
    const alice = await openApp()
    await openPopup(alice)
    await alice.taps(zh.login.button)
    await alice.sees(sandboxLabels.sheetTitle)
    await alice.page.keyboard.press('Escape')
    await alice.sees(zh.errors.phone.refused.title)
  })

  test('the popup takes the focus, keeps it, and gives it back', async ({ openApp }) => {
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
    expect(await isFocused(alice, zh.day.visit)).toBe(true)
  })

  test('one sees where the focus is', async ({ openApp }) => {
    const alice = await openApp()
    await alice.sees(zh.day.title)
    const before = await pictureOf(alice, zh.day.visit)
    await tabTo(alice, zh.day.visit)
    expect((await pictureOf(alice, zh.day.visit)).equals(before)).toBe(false)
  })
})
