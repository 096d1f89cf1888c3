import { accountEn } from '@kinpass/miniapp/src/account/account-en.ts'
import type { AccountMessages } from '@kinpass/miniapp/src/account/account-messages.ts'
import { accountZh } from '@kinpass/miniapp/src/account/account-zh.ts'
import { en } from '@kinpass/miniapp/src/i18n/en.ts'
import type { Messages } from '@kinpass/miniapp/src/i18n/messages.ts'
import { zh } from '@kinpass/miniapp/src/i18n/zh.ts'
import type { Browser, Page } from 'playwright-core'
import type { World } from '../world/world.ts'
import type { Variant } from './variants.ts'

/** A phone with the mini-program open, of which screenshots are taken. */
export interface ScreenshotDevice extends AsyncDisposable {
  readonly page: Page
  readonly messages: Messages
  readonly accountMessages: AccountMessages
  /** Waits until a text is visible. */
  readonly sees: (text: string) => Promise<void>
  /** Waits until a text is visible and no longer moves, on a page that slides in. */
  readonly seesAtRest: (text: string) => Promise<void>
  readonly taps: (label: string) => Promise<void>
  /** Makes every later login fail: with a failure of the API, or without a response. */
  readonly failLoginsWith: (failure: FailureData | 'offline') => Promise<void>
}

/** The fields of a tRPC error that the client reads. */
export interface FailureData {
  readonly failure: string
  readonly retry: 'none' | 'new-phone-tap' | { readonly afterMs: number }
}

const TIMEOUT_MS = 30_000
/** The time in every screenshot. */
const SCREENSHOT_TIME = '2026-11-20T01:41:00.000Z'
const jsonTime = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"/g

/** @param personName the sandbox person who owns the phone */
export async function openScreenshotDevice(
  world: World,
  browser: Browser,
  { variant, personName }: { variant: Variant; personName: string },
): Promise<ScreenshotDevice> {
  const origin = world.h5Url ?? ''
  const isChinese = variant.language === 'zh'
  const context = await browser.newContext({
    colorScheme: variant.scheme,
    reducedMotion: 'reduce',
    locale: isChinese ? 'zh-CN' : 'en-US',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: variant.width, height: variant.height },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    storageState: {
      cookies: [],
      origins: [{ origin, localStorage: [{ name: 'local-wechat.person', value: personName }] }],
    },
  })
  context.setDefaultTimeout(TIMEOUT_MS)
  const page = await context.newPage()
  await page.clock.setFixedTime(SCREENSHOT_TIME)
  // Times in responses of the API are shown as well.
  await page.route('**/trpc/**', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(jsonTime, JSON.stringify(SCREENSHOT_TIME))
    await route.fulfill({ response, body })
  })
  await page.goto(origin)
  // The debug bar of the sandbox is not part of the product.
  await page.addStyleTag({ content: '.lw-debug-bar { display: none }' })

  const withText = (text: string) => page.getByText(text).filter({ visible: true }).first()
  return {
    page,
    messages: isChinese ? zh : en,
    accountMessages: isChinese ? accountZh : accountEn,
    sees: (text) => withText(text).waitFor(),
    seesAtRest: (text) => withText(text).tap({ trial: true }),
    taps: (label) => page.getByRole('button', { name: label, exact: true }).tap(),
    async failLoginsWith(failure) {
      await page.route('**/trpc/login', async (route) => {
        if (failure === 'offline') return await route.abort('internetdisconnected')
        const data = { code: 'CONFLICT', httpStatus: 409, ...failure }
        await route.fulfill({
          status: 409,
          json: { error: { code: -32009, message: failure.failure, data } },
        })
      })
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}
