import type { FailureCode } from '@kinpass/contracts'
import type { TransportErrorCode } from '@kinpass/trpc-taro'
import type { PhoneErrorReason } from '../errors/phone-result.ts'
import type { Recovery } from '../errors/recovery.ts'

/** A short text with a title. An error's title names the fact, its body what to do. */
export interface Copy {
  readonly title: string
  readonly body: string
}

/** The messages of the app in one language. A missing message is a type error. */
export interface Messages {
  readonly appName: string
  readonly greeting: Record<'night' | 'morning' | 'noon' | 'afternoon' | 'evening', string>
  readonly date: (date: Date) => string
  readonly day: {
    readonly sample: string
    readonly sampleNote: string
    readonly title: string
    readonly subtitle: string
    readonly done: string
    readonly later: string
    readonly steps: Copy
    readonly medicine: Copy
    readonly picture: Copy
    readonly events: Record<
      | 'breakfast'
      | 'morningPill'
      | 'walk'
      | 'lunch'
      | 'visitor'
      | 'eveningPill'
      | 'yourVisit'
      | 'yourGreeting',
      Copy
    >
    readonly visit: string
    readonly greet: string
    readonly noted: string
  }
  readonly me: {
    readonly title: string
    readonly entrance: string
    readonly guest: Copy
    readonly restoring: string
    readonly retry: string
    readonly login: string
    readonly phone: string
    readonly since: string
    readonly sinceDate: (date: Date) => string
    readonly language: string
    readonly privacy: string
    readonly privacyUnavailable: string
    readonly devices: string
    readonly about: string
    readonly logout: string
    readonly loggedOut: string
  }
  readonly login: {
    readonly title: string
    readonly reasons: Record<'visit' | 'greet' | 'account', string>
    readonly button: string
    readonly prompting: string
    readonly submitting: string
    readonly recovery: Record<Recovery['action'], string>
    readonly notNow: string
    readonly agreement: readonly [before: string, link: string, promise: string]
    /** Label of WeChat's consent button. */
    readonly agree: string
    readonly welcome: (nickName: string) => string
    readonly welcomeNew: string
    readonly welcomeBack: string
  }
  readonly errors: {
    readonly phone: Record<PhoneErrorReason, Copy>
    readonly wechat: Record<'no-login-code', Copy>
    readonly network: Record<TransportErrorCode, Copy>
    readonly server: Record<FailureCode | 'UNKNOWN', Copy>
  }
}
