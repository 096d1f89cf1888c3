import { createRequire } from 'node:module'
import path from 'node:path'
import {
  createPhone,
  type Phone,
  type PhoneNumberOutcome,
  type PhoneOptions,
  WeappHost,
  type WeappNode,
} from '@kinpass/weapp-host'
import type { Person } from '@kinpass/wechat-sandbox'
import { expect } from 'vitest'
import type { World } from '../../src/world/world.ts'
import { type Gateway, startGateway } from './_gateway.ts'
import { words } from './_words.ts'

const require = createRequire(import.meta.url)
const dist =
  process.env.KINPASS_WEAPP_DIST ??
  path.join(path.dirname(require.resolve('@kinpass/miniapp/package.json')), 'dist/weapp')

/** What the person does on WeChat's phone sheet. */
export type SheetAnswer = 'allowed' | PhoneNumberOutcome

export interface VisitOptions
  extends Partial<Pick<PhoneOptions, 'platform' | 'stored' | 'device' | 'needsConsent'>> {
  readonly promises?: 'microtask' | 'macrotask'
  /** Who opens the mini-program; a newcomer of their own by default. */
  readonly person?: Person
  /** False for a phone that has no network from the start. */
  readonly isOnline?: boolean
  /** Holds back every answer of the API. */
  readonly beforeAnswers?: () => Promise<void>
  /** Holds WeChat's phone sheet open. */
  readonly beforeSheetAnswer?: () => Promise<void>
  /** Where wx.login takes its codes, for a WeChat that gives none. */
  readonly takeLoginCode?: () => string | Promise<string>
}

/** Somebody with a telephone who has opened the mini-program. They see words, and tap what carries words. */
export interface Visit extends AsyncDisposable {
  readonly person: Person
  readonly phone: Phone
  readonly host: WeappHost
  readonly gateway: Gateway
  /** `allowed` until a test says otherwise. */
  sheet: SheetAnswer
  /** How often WeChat's phone sheet came up. Each time it gives a code costs money. */
  readonly sheets: () => number
  /** Waits for words on the screen. */
  readonly sees: (...said: readonly string[]) => Promise<void>
  /** Waits until words are gone. */
  readonly seesNoMore: (said: string) => Promise<void>
  /** What can be tapped, by its words or by what a screen reader says. */
  readonly tappable: (said: string) => WeappNode | undefined
  readonly taps: (said: string) => Promise<void>
  /** WeChat's phone button. */
  readonly phoneButton: () => WeappNode | undefined
  readonly tapsPhoneButton: () => Promise<void>
  /** The name that is shown: whatever ends with the person's own number. */
  readonly nameShown: () => string | undefined
  /** Lets time pass, here and everywhere. */
  readonly waits: (ms: number) => void
  /** All that the phone has kept, for the next visit. */
  readonly storage: () => Record<string, unknown>
  /** The access token that the phone has kept, wherever it is kept. */
  readonly keptToken: () => string | undefined
}

let visits = 0

/** A person whom nobody has seen before. */
function newcomer(world: World): Person {
  visits += 1
  const number = String(visits).padStart(4, '0')
  return world.wechat.addPerson({ name: `alice ${number}`, phones: [`+861380000${number}`] })
}

export async function openVisit(world: World, options: VisitOptions = {}): Promise<Visit> {
  const { person = newcomer(world), promises = 'microtask', platform = 'ios' } = options
  let sheets = 0
  const gateway = await startGateway(world.apiUrl, options.beforeAnswers)
  const phone = createPhone({
    platform,
    takeLoginCode: options.takeLoginCode ?? (() => person.tapsLogin()),
    async answerPhoneSheet() {
      sheets += 1
      await options.beforeSheetAnswer?.()
      return visit.sheet === 'allowed' ? { allowed: person.allowsPhone() } : visit.sheet
    },
    // Whatever host the build was made for.
    route: (url) => url.replace(/^https?:\/\/[^/]+/, gateway.url),
    ...(options.stored && { stored: options.stored }),
    ...(options.device && { device: options.device }),
    ...(options.needsConsent !== undefined && { needsConsent: options.needsConsent }),
  })
  phone.network.isOnline = options.isOnline ?? true
  const host = await WeappHost.launch({ dist, ...phone, promises })

  function tappable(said: string) {
    return host.queryAll('button').find((node) => node.text === said || node.attribute('aria-label') === said)
  }
  function phoneButton() {
    return host.query('button[open-type*=getPhoneNumber]')
  }

  const visit: Visit = {
    person,
    phone,
    host,
    gateway,
    sheet: 'allowed',
    sheets: () => sheets,
    async sees(...said) {
      await host.waitFor(() => said.every((line) => host.text().includes(line)))
    },
    async seesNoMore(said) {
      await host.waitFor(() => !host.text().includes(said))
    },
    tappable,
    async taps(said) {
      await host.tap(await host.waitFor(() => tappable(said)))
    },
    phoneButton,
    async tapsPhoneButton() {
      await host.tap(await host.waitFor(phoneButton))
    },
    nameShown() {
      const tail = person.phones[0]?.purePhoneNumber.slice(-4)
      return host
        .text()
        .split('\n')
        .find((line) => tail !== undefined && new RegExp(`^\\D+${tail}$`).test(line))
    },
    waits(ms) {
      world.wechat.clock.advance(ms)
      host.advanceClock(ms)
    },
    storage: () => Object.fromEntries(phone.storage.entries),
    keptToken: () =>
      JSON.stringify([...phone.storage.entries.values()]).match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)?.[0],
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]()
      await gateway[Symbol.asyncDispose]()
    },
  }
  return visit
}

/** Home, and from there to the login popup. */
export async function openPopup({ sees, taps }: Visit): Promise<void> {
  await taps(words.day.visit)
  await sees(words.login.title, words.login.notNow)
}

/** The whole way, with everything going well, until the popup is gone. */
export async function logIn(visit: Visit, welcome = words.login.welcomeNew): Promise<void> {
  await openPopup(visit)
  await visit.tapsPhoneButton()
  await visit.sees(welcome)
  await untilPopupIsGone(visit)
}

const overlays = [words.login.notNow, words.login.browseOn, words.login.welcomeNew, words.login.welcomeBack]

/** The welcome, and the sheet that slides out, take their time. */
export async function untilPopupIsGone({ host, waits }: Visit): Promise<void> {
  await host.waitFor(() => {
    waits(1_000)
    return overlays.every((said) => !host.text().includes(said))
  })
}

/** No popup is in the way, no token is kept, and the login can be opened again. */
export async function expectGuestMayBrowse(visit: Visit): Promise<void> {
  await untilPopupIsGone(visit)
  await visit.sees(words.day.title, words.me.entrance)
  expect(visit.keptToken()).toBeUndefined()
  await openPopup(visit)
}
