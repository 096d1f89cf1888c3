import { expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { en, zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import { bottomBrightness, findLowContrastTexts, horizontalOverflow, textBrightness } from './_in-page.ts'
import { test } from './_test.ts'

const body = ({ page }: H5Driver) => page.locator('body')

/** Controls that an old finger may miss. */
async function smallControls({ page }: H5Driver): Promise<string[]> {
  const small: string[] = []
  for (const control of await page.getByRole('button').filter({ visible: true }).all()) {
    const { width, height } = (await control.boundingBox()) ?? { width: 0, height: 0 }
    if (width < 48 || height < 48) small.push(`${await control.textContent()} ${width}x${height}`)
  }
  return small
}

describeInBrowser('the looks of the browser build', () => {
  test.for(['light', 'dark'] as const)(
    '%s: words stand out from what is behind them',
    async (colorScheme, { openApp }) => {
      const alice = await openApp({ colorScheme, reducedMotion: 'reduce' })
      // Asked until it is so: a sheet or page that is on its way in is faint for a moment.
      const hasNoFaintTexts = (screen: string) =>
        expect.poll(() => body(alice).evaluate(findLowContrastTexts), { message: screen }).toEqual([])
      await alice.sees(zh.day.title)
      await hasNoFaintTexts('home')
      await openPopup(alice)
      await hasNoFaintTexts('popup')
      await openPhoneSheet(alice)
      await alice.taps(sandboxLabels.refuse)
      await alice.sees(zh.errors.phone.refused.title)
      await hasNoFaintTexts('a refusal')
      await alice.taps(zh.login.notNow)
      await alice.seesNoMore(zh.login.notNow)
      await alice.taps(zh.me.entrance)
      await alice.sees(zh.me.guest.title)
      await hasNoFaintTexts('one’s own page')
    },
  )

  test('who likes it dark reads light words', async ({ openApp }) => {
    const inkIn = async (colorScheme: 'light' | 'dark') => {
      const alice = await openApp({ colorScheme })
      return await alice.page.getByText(zh.day.title).evaluate(textBrightness)
    }
    expect(await inkIn('light')).toBeLessThan(0.3)
    expect(await inkIn('dark')).toBeGreaterThan(0.7)
  })

  test('a short page is dark to its end', async ({ openApp }) => {
    const alice = await openApp({ colorScheme: 'dark' })
    await alice.taps(zh.me.entrance)
    await alice.button(zh.me.login).tap({ trial: true }) // The page has slid in.
    expect(await body(alice).evaluate(bottomBrightness)).toBeLessThan(0.4)
  })

  test('on the narrowest phone nothing leaves the screen', async ({ openApp }) => {
    for (const locale of ['zh-CN', 'en-US']) {
      const words = locale === 'zh-CN' ? zh : en
      const alice = await openApp({ locale })
      await alice.page.setViewportSize({ width: 320, height: 568 })
      await alice.sees(words.day.title)
      expect(await body(alice).evaluate(horizontalOverflow), `home, ${locale}`).toBe(0)
      await alice.taps(words.day.visit)
      await alice.button(words.login.notNow).tap({ trial: true })
      expect(await body(alice).evaluate(horizontalOverflow), `popup, ${locale}`).toBe(0)
    }
  })

  test('what acts is large enough for an old finger', async ({ openApp }) => {
    const alice = await openApp()
    await alice.sees(zh.day.title)
    expect(await smallControls(alice)).toEqual([])
    await openPopup(alice)
    await alice.button(zh.login.button).tap({ trial: true })
    expect(await smallControls(alice)).toEqual([])
  })

  test('nothing moves for who asked for stillness', async ({ openApp }) => {
    const alice = await openApp({ reducedMotion: 'reduce' })
    await openPopup(alice)
    expect(await body(alice).evaluate(findMovements)).toEqual([])
  })

  test('the sheet slides in for everyone else', async ({ openApp }) => {
    const alice = await openApp()
    await alice.taps(zh.day.visit)
    await expect.poll(() => body(alice).evaluate(findMovements), { interval: 10 }).not.toEqual([])
  })

  test('an English phone is greeted, and let in, in English', async ({ openApp }) => {
    const alice = await openApp({ locale: 'en-US' })
    await alice.sees(en.day.title)
    await alice.taps(en.day.visit)
    await alice.sees(en.login.title, en.login.reasons.visit)
    await alice.taps(en.login.button)
    await alice.taps(sandboxLabels.allow)
    await alice.sees(en.login.welcomeNew, en.day.events.yourVisit.title)
    expect(await alice.page.locator('html').getAttribute('lang')).toBe('en')
  })

  test('the language is the person’s choice, and stays', async ({ openApp }) => {
    const alice = await openApp()
    await alice.taps(zh.me.entrance)
    await alice.taps('English')
    await alice.sees(en.me.guest.title)
    await alice.reopensApp()
    await alice.sees(en.day.title)
  })
})
