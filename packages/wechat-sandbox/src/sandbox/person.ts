import { createUserData, type UserData } from '../crypto/user-data.ts'
import type { WeChatAccount } from '../state/people.ts'
import { type PhoneNumber, parsePhoneNumber } from '../state/phone.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import type { SandboxState } from '../state/state.ts'
import { allowPhone, type PhoneTap, type Platform, refusePhone } from './phone-tap.ts'

/** In which app it happens; the first one when left out. */
export interface InApp {
  readonly appId?: string | undefined
}

/** A person, and what they do with their telephone. */
export interface Person {
  readonly name: string
  /** In the first app. */
  readonly openId: string
  /** By the first app's platform account; undefined when it is bound to none. */
  readonly unionId: string | undefined
  readonly phones: readonly PhoneNumber[]
  openIdIn(appId: string): string
  unionIdIn(appId: string): string | undefined
  /** What `wx.login` hands to the mini-program: a login code, good for five minutes and one use. */
  tapsLogin(options?: InApp): string
  /**
   * What an allowed tap on WeChat's phone button hands over: a phone code, good for five minutes and one use.
   * `phone` is one of the person's numbers, the first when left out. Throws SandboxMisused when the tap yields none.
   */
  allowsPhone(phone?: string, options?: InApp): string
  /** The same tap with all that the button's event carries, also when it yields no code. */
  tapsPhoneButton(options?: InApp & { readonly phone?: string | undefined }): PhoneTap
  /** A tap that ends in "refuse". */
  refusesPhone(platform?: Platform): PhoneTap
  /** What `wx.getUserInfo` hands over, encrypted and signed with the session key. */
  userData(options?: InApp): UserData
  /** Opens the mini-program; so does {@link tapsLogin}. */
  visits(options?: InApp): void
  /** Binds other numbers to their WeChat. */
  changesPhones(phones: readonly string[]): void
  /** Marks them as high risk: their logins are 40226. */
  block(): void
  unblock(): void
}

/** The handle keeps its meaning over a reset: it looks the person up each time. */
export function createPerson(state: () => SandboxState, name: string): Person {
  const account = () => state().people.get(name)

  function inApp({ appId }: InApp = {}) {
    const { apps, people, visits } = state()
    const app = apps.get(appId)
    people.openId(app, account())
    visits.record(app, account())
    return app
  }

  function tapsPhoneButton({ phone, appId }: InApp & { phone?: string | undefined } = {}): PhoneTap {
    return allowPhone(state(), inApp({ appId }), account(), choosePhone(account(), phone))
  }

  return {
    name,
    get openId() {
      return state().people.openId(state().apps.first, account())
    },
    get unionId() {
      return state().people.unionId(state().apps.first, account())
    },
    get phones() {
      return account().phones
    },
    openIdIn: (appId) => state().people.openId(state().apps.get(appId), account()),
    unionIdIn: (appId) => state().people.unionId(state().apps.get(appId), account()),
    tapsLogin(options) {
      const { codes, sessionKeys } = state()
      const app = inApp(options)
      sessionKeys.onLogin(app, account())
      return codes.issueLogin(app, account()).value
    },
    allowsPhone(phone, options) {
      const tap = tapsPhoneButton({ phone, ...options })
      if (tap.code !== undefined) return tap.code
      throw new SandboxUsageError('NO_PHONE_CODE', `the tap of ${name} yields no code: ${tap.errMsg}`)
    },
    tapsPhoneButton,
    refusesPhone: (platform = 'devtools') => refusePhone(platform),
    userData: (options) => createUserData(state(), inApp(options), account()),
    visits(options) {
      inApp(options)
    },
    changesPhones(phones) {
      account().phones = phones.map(parsePhoneNumber)
    },
    block() {
      account().blocked = true
    },
    unblock() {
      account().blocked = false
    },
  }
}

function choosePhone({ name, phones }: WeChatAccount, wanted: string | undefined): PhoneNumber | undefined {
  if (wanted === undefined) return phones[0]
  const { e164 } = parsePhoneNumber(wanted)
  const phone = phones.find((one) => one.e164 === e164)
  if (phone) return phone
  throw new SandboxUsageError('UNKNOWN_PHONE', `that is none of the ${phones.length} phones of ${name}`)
}
