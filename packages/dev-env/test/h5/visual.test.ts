import { expect } from 'vitest'
import { openPopup } from '../_app-driver.ts'
import { en, zh } from '../_messages.ts'
import { describeInBrowser } from './_browser.ts'
import { type H5Driver, openPhoneSheet, sandboxLabels } from './_h5-driver.ts'
import {
  bottomBrightness,
  findLowContrastTexts,
  horizontalOverflow,
  readRecordedAnimations,
  recordAnimations,
  textBrightness,
} from './_in-page.ts'
import { test } from './_test.ts'

/** The minimum width and height of a touch target, in CSS pixels. */
const MIN_TARGET_SIZE = 48

const body = ({ page }: H5Driver) => page.locator('body')

async function findSmallTargets({ page }: H5Driver): Promise<string[]> {
  const found: string[] = []
  for (const button of await page.getByRole('button').filter({ visible: true }).all()) {
    const { width, height } = (await button.boundingBox()) ?? { width: 0, height: 0 }
    if (width < MIN_TARGET_SIZE || height < MIN_TARGET_SIZE) {
      found.push(`${await button.textContent()} ${width}x${height}`)
    }
  }
  return found
}

describeInBrowser('the look of the browser build', () => {
  test.for(['light', 'dark'] as const)(
    'every text has enough contrast in the %s scheme',
    async (colorScheme, { openApp }) => {
      const alice = await openApp({ colorScheme, reducedMotion: 'reduce' })
      // Polls, because a sheet or page that fades in has too little contrast for a moment.
      const expectContrast = (screen: string) =>
        expect.poll(() => body(alice).evaluate(findLowContrastTexts), { message: screen }).toEqual([])
      await alice.sees(zh.day.title)
      await expectContrast('home')
      await openPopup(alice)
      await expectContrast('popup')
      await openPhoneSheet(alice)
      await alice.taps(sandboxLabels.refuse)
      await alice.sees(zh.errors.phone.refused.title)
      await expectContrast('refused phone number')
      await alice.taps(zh.login.notNow)
      await alice.seesNoMore(zh.login.notNow)
      await alice.taps(zh.me.entrance)
      await alice.sees(zh.me.guest.title)
      await expectContrast('own page')
    },
  )

  test('text is dark in the light scheme and light in the dark scheme', async ({ openApp }) => {
    const titleBrightness = async (colorScheme: 'light' | 'dark') => {
      const alice = await openApp({ colorScheme })
      return await alice.page.getByText(zh.day.title).evaluate(textBrightness)
    }
    expect(await titleBrightness('light')).toBeLessThan(0.3)
    expect(await titleBrightness('dark')).toBeGreaterThan(0.7)
  })

  test('a short page is dark down to the bottom of the window in the dark scheme', async ({ openApp }) => {
    const alice = await openApp({ colorScheme: 'dark' })
    await alice.taps(zh.me.entrance)
    await alice.button(zh.me.login).tap({ trial: true }) // Waits until the page has slid in.
    expect(await body(alice).evaluate(bottomBrightness)).toBeLessThan(0.4)
  })

  test('home page and popup fit a window that is 320 pixels wide', async ({ openApp }) => {
    for (const locale of ['zh-CN', 'en-US']) {
      const messages = locale === 'zh-CN' ? zh : en
      const alice = await openApp({ locale })
      await alice.page.setViewportSize({ width: 320, height: 568 })
      await alice.sees(messages.day.title)
      expect(await body(alice).evaluate(horizontalOverflow), `home, ${locale}`).toBe(0)
      await alice.taps(messages.day.visit)
      await alice.button(messages.login.notNow).tap({ trial: true })
      expect(await body(alice).evaluate(horizontalOverflow), `popup, ${locale}`).toBe(0)
    }
  })

  test('every button is at least 48 pixels wide and high', async ({ openApp }) => {
    const alice = await openApp()
    await alice.sees(zh.day.title)
    expect(await findSmallTargets(alice)).toEqual([])
    await openPopup(alice)
    await alice.button(zh.login.button).tap({ trial: true })
    expect(await findSmallTargets(alice)).toEqual([])
  })

  test('the popup opens without animation when reduced motion is preferred', async ({ openApp }) => {
    const alice = await openApp({ reducedMotion: 'reduce' })
    await body(alice).evaluate(recordAnimations)
    await openPopup(alice)
    await alice.button(zh.login.notNow).tap({ trial: true })
    expect(await body(alice).evaluate(readRecordedAnimations)).toEqual([])
  })

  test('the popup slides in by default', async ({ openApp }) => {
    const alice = await openApp()
    await body(alice).evaluate(recordAnimations)
    await alice.taps(zh.day.visit)
    await expect.poll(() => body(alice).evaluate(readRecordedAnimations)).not.toEqual([])
  })

  test('a phone set to English shows the home page, the login and the welcome in English', async ({
    openApp,
  }) => {
    const alice = await openApp({ locale: 'en-US' })
    await alice.sees(en.day.title)
    await alice.taps(en.day.visit)
    await alice.sees(en.login.title, en.login.reasons.visit)
    await alice.taps(en.login.button)
    await alice.taps(sandboxLabels.allow)
    await alice.hasSeen(en.login.welcomeNew)
    await alice.sees(en.day.events.yourVisit.title)
    expect(await alice.page.locator('html').getAttribute('lang')).toBe('en')
  })

  test('the selected language is kept after a reload', async ({ openApp }) => {
    const alice = await openApp()
    await alice.taps(zh.me.entrance)
    await alice.taps('English')
    await alice.sees(en.me.guest.title)
    await alice.reopensApp()
    await alice.sees(en.day.title)
  })
})
