import { accountEn } from '@kinpass/miniapp/src/account/account-en.ts'
import type { AccountWords } from '@kinpass/miniapp/src/account/account-messages.ts'
import { accountZh } from '@kinpass/miniapp/src/account/account-zh.ts'
import { en } from '@kinpass/miniapp/src/i18n/en.ts'
import type { Words } from '@kinpass/miniapp/src/i18n/messages.ts'
import { zh } from '@kinpass/miniapp/src/i18n/zh.ts'
import type { Browser, Page } from 'playwright-core'
import type { World } from '../world/world.ts'
import { heightOf, type Look } from './variants.ts'

/** A telephone before a camera: somebody walks through the mini-program, and each scene is kept as a picture. */
export interface Stage extends AsyncDisposable {
  readonly page: Page
  readonly words: Words
  readonly account: AccountWords
  /** Waits for words on the screen. */
  readonly sees: (said: string) => Promise<void>
  /** Waits until words have come to rest, on a page that slides in. */
  readonly stands: (said: string) => Promise<void>
  readonly taps: (said: string) => Promise<void>
  /** Answers the coming logins with a failure of the API, or with none at all. */
  readonly failWith: (failure: FailureAnswer | 'offline') => Promise<void>
}

export interface FailureAnswer {
  readonly failure: string
  readonly retry: 'none' | 'new-phone-tap' | { readonly afterMs: number }
}

/** The time in every picture, whenever it is taken. */
const pictureTime = '2026-11-20T01:41:00.000Z'
const anyTime = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"/g

/** @param name who holds the telephone, one of the local WeChat's people */
export async function openStage(world: World, browser: Browser, look: Look, name: string): Promise<Stage> {
  const origin = world.h5Url ?? ''
  const isChinese = look.language === 'zh'
  const context = await browser.newContext({
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
    locale: isChinese ? 'zh-CN' : 'en-US',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: look.width, height: heightOf(look) },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    storageState: {
      cookies: [],
      origins: [{ origin, localStorage: [{ name: 'local-wechat.person', value: name }] }],
    },
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.clock.setFixedTime(pictureTime)
  // What the API tells happened at the time of the picture, too.
  await page.route('**/trpc/**', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(anyTime, JSON.stringify(pictureTime))
    await route.fulfill({ response, body })
  })
  await page.goto(origin)
  // The local WeChat's strip is a tool, and no part of the product.
  await page.addStyleTag({ content: '.lw-debug-bar { display: none }' })

  const text = (said: string) => page.getByText(said).filter({ visible: true }).first()
  return {
    page,
    words: isChinese ? zh : en,
    account: isChinese ? accountZh : accountEn,
    sees: (said) => text(said).waitFor(),
    stands: (said) => text(said).tap({ trial: true }),
    taps: (said) => page.getByRole('button', { name: said, exact: true }).tap(),
    async failWith(answer) {
      await page.route('**/trpc/login', async (route) => {
        if (answer === 'offline') return await route.abort('internetdisconnected')
        const data = { code: 'CONFLICT', httpStatus: 409, ...answer }
        await route.fulfill({ status: 409, json: { error: { code: -32009, message: answer.failure, data } } })
      })
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}
