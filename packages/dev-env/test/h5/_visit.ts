import type { Person } from '@kinpass/wechat-sandbox'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { World } from '../../src/world/world.ts'
import { watchPage } from './_watch-page.ts'
import { wechat, zh } from './_words.ts'

export interface VisitOptions
  extends Pick<BrowserContextOptions, 'colorScheme' | 'reducedMotion' | 'locale'> {
  /** Who opens the mini-program; a newcomer of their own by default. */
  readonly person?: Person
}

/** Somebody with a telephone who has opened the mini-program in a browser. They see words, and tap what carries words. */
export interface Visit extends AsyncDisposable {
  readonly person: Person
  readonly page: Page
  /** What the page threw, or wrote as an error. */
  readonly complaints: readonly string[]
  /** Addresses outside this machine that the page asked for. */
  readonly strangers: readonly string[]
  /** How often each procedure was called, by its name. */
  readonly calls: ReadonlyMap<string, number>
  /** Waits for words on the screen. */
  readonly sees: (...said: readonly string[]) => Promise<void>
  /** Waits until words are gone. */
  readonly seesNoMore: (said: string) => Promise<void>
  /** What can be tapped, by what a screen reader says. */
  readonly control: (said: string) => Locator
  readonly taps: (said: string) => Promise<void>
  /** Opens the page anew, as after a crash. */
  readonly comesBack: () => Promise<void>
  /** The access token that the phone has kept, wherever it is kept. */
  readonly keptToken: () => Promise<string | undefined>
}

/** How the local WeChat remembers whose phone a browser is. */
const whosePhone = ({ name }: Person) => ({ name: 'local-wechat.person', value: name })

/** A busy machine may take as long as this to show something, in milliseconds. */
const patience = 20_000
let visits = 0

/** A person whom nobody has seen before. */
function newcomer(world: World): Person {
  visits += 1
  const number = String(visits).padStart(4, '0')
  return world.wechat.addPerson({ name: `alice ${number}`, phones: [`+861380000${number}`] })
}

export async function openVisit(world: World, browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { person = newcomer(world), locale = 'zh-CN', ...looks } = options
  const url = world.h5Url ?? ''
  const context = await browser.newContext({
    ...looks,
    locale,
    viewport: { width: 375, height: 812 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    timezoneId: 'Asia/Shanghai',
    storageState: { cookies: [], origins: [{ origin: url, localStorage: [whosePhone(person)] }] },
  })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  const watched = await watchPage(page)

  const words = (said: string) => page.getByText(said).filter({ visible: true }).first()
  const control = (said: string) => page.getByRole('button', { name: said, exact: true })

  async function comesBack() {
    await page.goto(url)
  }
  await comesBack()
  return {
    person,
    page,
    ...watched,
    async sees(...said) {
      for (const line of said) await words(line).waitFor()
    },
    seesNoMore: (said) => words(said).waitFor({ state: 'hidden' }),
    control,
    taps: (said) => control(said).tap(),
    comesBack,
    async keptToken() {
      const kept = await context.storageState()
      return JSON.stringify(kept).match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)?.[0]
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** From the home page to the login popup. */
export async function openPopup({ taps, sees }: Visit): Promise<void> {
  await taps(zh.day.visit)
  await sees(zh.login.title, zh.login.notNow)
}

/** From the popup to WeChat's own sheet. */
export async function openPhoneSheet({ taps, sees }: Visit): Promise<void> {
  await taps(zh.login.button)
  await sees(wechat.asks)
}

/** From the home page to a member. */
export async function logIn(visit: Visit): Promise<void> {
  await openPopup(visit)
  await openPhoneSheet(visit)
  await visit.taps(wechat.allow)
  await visit.sees(zh.day.events.yourVisit.body)
}
