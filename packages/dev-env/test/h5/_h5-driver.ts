import type { Person } from '@kinpass/wechat-sandbox'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { World } from '../../src/world/world.ts'
import { type AppDriver, addNewPerson, findAccessToken, openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { WAIT_TIMEOUT_MS } from '../_timeouts.ts'
import { haveAllBeenShown } from './_in-page.ts'
import { recordPage } from './_record-page.ts'

export interface H5Options extends Pick<BrowserContextOptions, 'colorScheme' | 'reducedMotion' | 'locale'> {
  /** The owner of the phone, a new person by default. */
  readonly person?: Person
}

/** A person who uses the browser build in Chromium. */
export interface H5Driver extends AppDriver {
  readonly page: Page
  /** What the page threw or wrote with `console.error`. */
  readonly errors: readonly string[]
  /** URLs of requests to another host than 127.0.0.1. */
  readonly externalRequests: readonly string[]
  /** How often each procedure was called. */
  readonly calls: ReadonlyMap<string, number>
  /** Waits until all texts have been visible since the page loaded; they may be hidden again. */
  readonly hasSeen: (...texts: readonly string[]) => Promise<void>
  /** A button by its accessible name. */
  readonly button: (label: string) => Locator
  /** Loads the home page again. */
  readonly reopensApp: () => Promise<void>
  /** The stored access token. */
  readonly storedToken: () => Promise<string | undefined>
}

/** The sandbox's own texts in the browser build. */
export const sandboxLabels = {
  sheetTitle: '获取并验证你的手机号',
  allow: '允许',
  refuse: '不允许',
  anotherNumber: '使用其他号码',
  numberField: '其他手机号',
  add: '添加',
  selectPerson: 'whose phone this is',
} as const

export async function openH5(world: World, browser: Browser, options: H5Options = {}): Promise<H5Driver> {
  const { person = addNewPerson(world), locale = 'zh-CN', ...appearance } = options
  const url = world.h5Url ?? ''
  const context = await browser.newContext({
    ...appearance,
    locale,
    viewport: { width: 375, height: 812 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    timezoneId: 'Asia/Shanghai',
    storageState: {
      cookies: [],
      origins: [{ origin: url, localStorage: [{ name: 'local-wechat.person', value: person.name }] }],
    },
  })
  context.setDefaultTimeout(WAIT_TIMEOUT_MS)
  const page = await context.newPage()
  const recorded = await recordPage(page)

  const withText = (text: string) => page.getByText(text).filter({ visible: true }).first()
  const button = (label: string) => page.getByRole('button', { name: label, exact: true })

  const driver: H5Driver = {
    person,
    page,
    ...recorded,
    async sees(...texts) {
      for (const text of texts) await withText(text).waitFor()
    },
    async hasSeen(...texts) {
      await page.waitForFunction(haveAllBeenShown, texts)
    },
    seesNoMore: (text) => withText(text).waitFor({ state: 'hidden' }),
    button,
    taps: (label) => button(label).tap(),
    async reopensApp() {
      await page.goto(url)
    },
    async logsIn() {
      await allowPhoneNumber(driver)
      await driver.sees(zh.day.events.yourVisit.body)
    },
    storedToken: async () => findAccessToken(await context.storageState()),
    [Symbol.asyncDispose]: () => context.close(),
  }
  await driver.reopensApp()
  return driver
}

/** Opens the sandbox's phone number sheet from the login popup. */
export async function openPhoneSheet({ taps, sees }: H5Driver): Promise<void> {
  await taps(zh.login.button)
  await sees(sandboxLabels.sheetTitle)
}

/** Starts a login on the home page, up to the tap that sends it. */
export async function allowPhoneNumber(driver: H5Driver): Promise<void> {
  await openPopup(driver)
  await openPhoneSheet(driver)
  await driver.taps(sandboxLabels.allow)
}
