import { createUserData, type UserData } from '../crypto/user-data.ts'
import type { WeChatAccount } from '../state/people.ts'
import { type PhoneNumber, parsePhoneNumber } from '../state/phone-number.ts'
import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import type { SandboxState } from '../state/state.ts'
import { allowPhone, type PhoneTap, type Platform, refusePhone } from './phone-tap.ts'

/** The app in which something happens; the first app when left out. */
export interface InApp {
  readonly appId?: string | undefined
}

/** A person with a WeChat account, and the taps on their phone. */
export interface Person {
  readonly name: string
  /** In the first app. */
  readonly openId: string
  /** For the first app; undefined when it is bound to no Open Platform account. */
  readonly unionId: string | undefined
  readonly phones: readonly PhoneNumber[]
  openIdIn(appId: string): string
  unionIdIn(appId: string): string | undefined
  /** Calls `wx.login`: returns a login code, which works once within five minutes. */
  tapsLogin(options?: InApp): string
  /**
   * Allows a tap on WeChat's phone button: returns a phone code, which works once within five minutes. `phone` is one
   * of the person's numbers, the first when left out. Throws SandboxUsageError when the tap yields no code.
   */
  allowsPhone(phone?: string, options?: InApp): string
  /** The same tap with the whole `event.detail`, also when it yields no code. */
  tapsPhoneButton(options?: InApp & { readonly phone?: string | undefined }): PhoneTap
  /** Refuses a tap on WeChat's phone button. */
  refusesPhone(platform?: Platform): PhoneTap
  /** Calls `wx.getUserInfo`: the profile, signed and encrypted with the session key. */
  userData(options?: InApp): UserData
  /** Opens the mini-program. Every other tap in an app, {@link tapsLogin} for one, counts as a visit too. */
  visits(options?: InApp): void
  /** Replaces the phone numbers of the WeChat account. */
  changesPhones(phones: readonly string[]): void
  /** Marks the person as high risk: logins get 40226. */
  block(): void
  unblock(): void
}

/** The person stays valid after a reset: each call looks up the account in the current state. */
export function createPerson(state: () => SandboxState, name: string): Person {
  const account = () => state().people.get(name)

  function visit({ appId }: InApp = {}) {
    const { apps, people, visits } = state()
    const app = apps.get(appId)
    people.openId(app, account()) // creates the openid, so that WeChat knows it from now on
    visits.record(app, account())
    return app
  }

  function tapsPhoneButton({ phone, appId }: InApp & { phone?: string | undefined } = {}): PhoneTap {
    return allowPhone(state(), {
      app: visit({ appId }),
      person: account(),
      phone: choosePhone(account(), phone),
    })
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
      const app = visit(options)
      sessionKeys.onLogin(app, account())
      return codes.issueLogin(app, account()).value
    },
    allowsPhone(phone, options) {
      const tap = tapsPhoneButton({ phone, ...options })
      if (tap.code !== undefined) return tap.code
      throw new SandboxUsageError(
        'NO_PHONE_CODE',
        `the tap of ${name} yields no code (${tap.errMsg}): use tapsPhoneButton to read its event`,
      )
    },
    tapsPhoneButton,
    refusesPhone: (platform = 'devtools') => refusePhone(platform),
    userData: (options) => createUserData(state(), visit(options), account()),
    visits(options) {
      visit(options)
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
  throw new SandboxUsageError(
    'UNKNOWN_PHONE',
    `the number is none of the ${phones.length} phone numbers of ${name}: add it with changesPhones`,
  )
}
