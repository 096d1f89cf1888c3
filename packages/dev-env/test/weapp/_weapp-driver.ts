import { createRequire } from 'node:module'
import path from 'node:path'
import {
  createPhone,
  type Phone,
  type PhoneOptions,
  type PhoneSheetResult,
  WeappHost,
  type WeappNode,
} from '@kinpass/weapp-host'
import type { Person } from '@kinpass/wechat-sandbox'
import { expect } from 'vitest'
import type { World } from '../../src/world/world.ts'
import { type AppDriver, addNewPerson, findAccessToken, openPopup } from '../_app-driver.ts'
import { zh } from '../_messages.ts'
import { WAIT_TIMEOUT_MS } from '../_timeouts.ts'
import { type InterceptingProxy, startInterceptingProxy } from './_intercepting-proxy.ts'

const require = createRequire(import.meta.url)
const dist =
  process.env.KINPASS_WEAPP_DIST ??
  path.join(path.dirname(require.resolve('@kinpass/miniapp/package.json')), 'dist/weapp')

export interface WeappOptions
  extends Partial<Pick<PhoneOptions, 'platform' | 'stored' | 'device' | 'needsConsent'>> {
  readonly promises?: 'microtask' | 'macrotask'
  /** The owner of the phone, a new person by default. */
  readonly person?: Person
  /** False for a phone that starts without a network. */
  readonly isOnline?: boolean
  /** Delays every response of the API. */
  readonly beforeResponses?: () => Promise<void>
  /** Keeps WeChat's phone number sheet open. */
  readonly beforePhoneSheetResult?: () => Promise<void>
  /** Returns the code of `wx.login`; its error is the error of `wx.login`. */
  readonly takeLoginCode?: () => string | Promise<string>
}

/** A person who uses the weapp build in weapp-host. */
export interface WeappDriver extends AppDriver {
  readonly phone: Phone
  readonly host: WeappHost
  readonly proxy: InterceptingProxy
  /** How WeChat's phone number sheet ends; 'allowed' takes a new phone code each time. */
  phoneSheetResult: 'allowed' | PhoneSheetResult
  /** How often the phone number sheet was opened. */
  readonly phoneSheets: () => number
  /** A button by its text or its accessible name. */
  readonly button: (label: string) => WeappNode | undefined
  readonly phoneButton: () => WeappNode | undefined
  readonly tapsPhoneButton: () => Promise<void>
  /** The visible line that is a name and ends in the last digits of the person's phone number. */
  readonly shownNickName: () => string | undefined
  /** Advances the clock of the phone and the clock of the API. */
  readonly advanceClocks: (ms: number) => void
  /** All stored data, for `stored` of another phone. */
  readonly storedData: () => Record<string, unknown>
  /** The stored access token. */
  readonly storedToken: () => string | undefined
}

export async function openWeapp(world: World, options: WeappOptions = {}): Promise<WeappDriver> {
  const { person = addNewPerson(world), promises = 'microtask', platform = 'ios' } = options
  let phoneSheets = 0
  const proxy = await startInterceptingProxy(world.apiUrl, options.beforeResponses)
  const phone = createPhone({
    platform,
    takeLoginCode: options.takeLoginCode ?? (() => person.tapsLogin()),
    async onPhoneSheet() {
      phoneSheets += 1
      await options.beforePhoneSheetResult?.()
      const result = driver.phoneSheetResult
      return result === 'allowed' ? { allowed: person.allowsPhone() } : result
    },
    // Replaces the API host that was compiled into the build.
    route: (url) => url.replace(/^https?:\/\/[^/]+/, proxy.url),
    ...(options.stored && { stored: options.stored }),
    ...(options.device && { device: options.device }),
    ...(options.needsConsent !== undefined && { needsConsent: options.needsConsent }),
  })
  phone.network.isOnline = options.isOnline ?? true
  const host = await WeappHost.launch({ dist, ...phone, promises, timeoutMs: WAIT_TIMEOUT_MS })

  function button(label: string) {
    return host
      .queryAll('button')
      .find((node) => node.text === label || node.attribute('aria-label') === label)
  }
  function phoneButton() {
    return host.query('button[open-type*=getPhoneNumber]')
  }

  const driver: WeappDriver = {
    person,
    phone,
    host,
    proxy,
    phoneSheetResult: 'allowed',
    phoneSheets: () => phoneSheets,
    async sees(...texts) {
      await host.waitFor(() => texts.every((text) => host.text().includes(text)))
    },
    async seesNoMore(text) {
      await host.waitFor(() => !host.text().includes(text))
    },
    button,
    async taps(label) {
      await host.tap(await host.waitFor(() => button(label)))
    },
    phoneButton,
    async tapsPhoneButton() {
      await host.tap(await host.waitFor(phoneButton))
    },
    async logsIn() {
      await openPopup(driver)
      await driver.tapsPhoneButton()
      await driver.sees(zh.login.welcomeNew)
      await waitForPopupToClose(driver)
    },
    shownNickName() {
      const suffix = person.phones[0]?.purePhoneNumber.slice(-4)
      return host
        .text()
        .split('\n')
        .find((line) => suffix !== undefined && new RegExp(`^\\D+${suffix}$`).test(line))
    },
    advanceClocks(ms) {
      world.wechat.clock.advance(ms)
      host.advanceClock(ms)
    },
    storedData: () => Object.fromEntries(phone.storage.entries),
    storedToken: () => findAccessToken([...phone.storage.entries.values()]),
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
    },
  }
  return driver
}

const popupTexts = [zh.login.notNow, zh.login.recovery.dismiss, zh.login.welcomeNew, zh.login.welcomeBack]

/** Longer than the welcome and the closing animation together. */
const POPUP_CLOSES_WITHIN_MS = 5_000

/** Waits until the popup has closed, and advances the clocks over the welcome and the animation. */
export async function waitForPopupToClose({ host, advanceClocks }: WeappDriver): Promise<void> {
  // Limited, because a slow machine must not let tokens expire.
  let leftMs = POPUP_CLOSES_WITHIN_MS
  await host.waitFor(() => {
    if (leftMs > 0) advanceClocks(1_000)
    leftMs -= 1_000
    return popupTexts.every((text) => !host.text().includes(text))
  })
}

/** Asserts that the popup closes, that no token is stored, and that the popup can be opened again. */
export async function expectGuestWithPopup(driver: WeappDriver): Promise<void> {
  await waitForPopupToClose(driver)
  await driver.sees(zh.day.title, zh.me.entrance)
  expect(driver.storedToken()).toBeUndefined()
  await openPopup(driver)
}
