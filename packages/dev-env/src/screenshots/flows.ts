import type { Stage } from './device.ts'

/** Keeps the screen as it is now, under this name. */
export type Keep = (scene: string) => Promise<void>

/** One way through the mini-program, from its home page on. Each starts on a telephone that knows nothing yet. */
export type Walk = (stage: Stage, keep: Keep) => Promise<void>

const allow = '允许'
const refuse = '不允许'

async function openPopup({ taps, sees, words }: Stage) {
  await taps(words.day.visit)
  await sees(words.login.notNow)
}

async function openPhoneSheet(stage: Stage) {
  await openPopup(stage)
  await stage.taps(stage.words.login.button)
  await stage.sees(allow)
}

/** A login that ends in a trouble; `says` is its title. */
function trouble(
  scene: string,
  failure: Parameters<Stage['failWith']>[0],
  says: (stage: Stage) => string,
): Walk {
  return async (stage, keep) => {
    await stage.failWith(failure)
    await openPhoneSheet(stage)
    await stage.taps(allow)
    await stage.sees(says(stage))
    await keep(scene)
  }
}

const guest: Walk = async ({ page, taps, sees, stands, words }, keep) => {
  await sees(words.day.title)
  await keep('home')
  await page.getByText(words.day.pictureCaption).scrollIntoViewIfNeeded()
  await keep('home-below')
  await taps(words.me.entrance)
  await stands(words.me.guest.title)
  await keep('me-guest')
}

const firstLogin: Walk = async (stage, keep) => {
  const { page, taps, sees, stands, words, account } = stage
  await openPopup(stage)
  await keep('popup')
  await taps(words.login.button)
  await sees(allow)
  await keep('wechat-sheet')
  await taps(allow)
  await sees(words.login.welcomeNew)
  await keep('welcome')
  await sees(words.day.noted)
  await keep('noted')
  await page.getByText(words.day.noted).waitFor({ state: 'hidden' })
  await keep('home-member')
  await page.getByRole('button', { name: /8915$/ }).tap()
  await stands(words.me.logout)
  await keep('me')
  await taps(words.me.devices)
  await stands(account.devices.thisOne)
  await keep('devices')
  await page.goBack()
  await taps(words.me.about)
  await stands(account.about.kept)
  await keep('about')
}

const refusal: Walk = async (stage, keep) => {
  await openPhoneSheet(stage)
  await stage.taps(refuse)
  await stage.sees(stage.words.troubles.phone.refused.title)
  await keep('trouble-refused')
}

/** All of them, in the order in which one would look at them. */
export const walks: readonly Walk[] = [
  guest,
  firstLogin,
  refusal,
  trouble('trouble-offline', 'offline', ({ words }) => words.troubles.network.offline.title),
  trouble(
    'trouble-wechat',
    { failure: 'WECHAT_UNAVAILABLE', retry: { afterMs: 60_000 } },
    ({ words }) => words.troubles.server.WECHAT_UNAVAILABLE.title,
  ),
  trouble(
    'trouble-phone-code',
    { failure: 'PHONE_CODE_INVALID', retry: 'new-phone-tap' },
    ({ words }) => words.troubles.server.PHONE_CODE_INVALID.title,
  ),
  trouble(
    'trouble-banned',
    { failure: 'MEMBER_BANNED', retry: 'none' },
    ({ words }) => words.troubles.server.MEMBER_BANNED.title,
  ),
  trouble(
    'trouble-unheard-of',
    { failure: 'MOON_IN_THE_WAY', retry: 'none' },
    ({ words }) => words.troubles.server.UNHEARD_OF.title,
  ),
]
