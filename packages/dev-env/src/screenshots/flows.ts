import type { FailureData, ScreenshotDevice } from './device.ts'

/** Takes a screenshot of the current screen. */
export type Capture = (scene: string) => Promise<void>

/** A sequence of screens that starts at the home page on a phone without stored data. */
export type Flow = (device: ScreenshotDevice, capture: Capture) => Promise<void>

/** Labels of the sandbox's phone number sheet. */
const allow = '允许'
const refuse = '不允许'

async function openPopup({ taps, sees, messages }: ScreenshotDevice) {
  await taps(messages.day.visit)
  await sees(messages.login.notNow)
}

async function openPhoneSheet(device: ScreenshotDevice) {
  await openPopup(device)
  await device.taps(device.messages.login.button)
  await device.sees(allow)
}

/** A login that fails; `title` selects the title of the error message. */
function failedLogin(
  scene: string,
  failure: FailureData | 'offline',
  title: (device: ScreenshotDevice) => string,
): Flow {
  return async (device, capture) => {
    await device.failLoginsWith(failure)
    await openPhoneSheet(device)
    await device.taps(allow)
    await device.sees(title(device))
    await capture(scene)
  }
}

const guest: Flow = async ({ page, taps, sees, seesAtRest, messages }, capture) => {
  await sees(messages.day.title)
  await capture('home')
  await page.getByText(messages.day.picture.body).scrollIntoViewIfNeeded()
  await capture('home-below')
  await taps(messages.me.entrance)
  await seesAtRest(messages.me.guest.title)
  await capture('me-guest')
}

const firstLogin: Flow = async (device, capture) => {
  const { page, taps, sees, seesAtRest, messages, accountMessages } = device
  await openPopup(device)
  await capture('popup')
  await taps(messages.login.button)
  await sees(allow)
  await capture('wechat-sheet')
  await taps(allow)
  await sees(messages.login.welcomeNew)
  await capture('welcome')
  await sees(messages.day.noted)
  await capture('noted')
  await page.getByText(messages.day.noted).waitFor({ state: 'hidden' })
  await capture('home-member')
  await page.getByRole('button', { name: /8915$/ }).tap()
  await seesAtRest(messages.me.logout)
  await capture('me')
  await taps(messages.me.devices)
  await seesAtRest(accountMessages.devices.currentDevice)
  await capture('devices')
  await page.goBack()
  await taps(messages.me.about)
  await seesAtRest(accountMessages.about.storedDataTitle)
  await capture('about')
}

const refusal: Flow = async (device, capture) => {
  await openPhoneSheet(device)
  await device.taps(refuse)
  await device.sees(device.messages.errors.phone.refused.title)
  await capture('error-refused')
}

/** In the order of the contact sheet. */
export const flows: readonly Flow[] = [
  guest,
  firstLogin,
  refusal,
  failedLogin('error-offline', 'offline', ({ messages }) => messages.errors.network.offline.title),
  failedLogin(
    'error-wechat',
    { failure: 'WECHAT_UNAVAILABLE', retry: { afterMs: 60_000 } },
    ({ messages }) => messages.errors.server.WECHAT_UNAVAILABLE.title,
  ),
  failedLogin(
    'error-phone-code',
    { failure: 'PHONE_CODE_INVALID', retry: 'new-phone-tap' },
    ({ messages }) => messages.errors.server.PHONE_CODE_INVALID.title,
  ),
  failedLogin(
    'error-banned',
    { failure: 'MEMBER_BANNED', retry: 'none' },
    ({ messages }) => messages.errors.server.MEMBER_BANNED.title,
  ),
  failedLogin(
    'error-unknown',
    { failure: 'CODE_FROM_THE_FUTURE', retry: 'none' },
    ({ messages }) => messages.errors.server.UNKNOWN.title,
  ),
]
