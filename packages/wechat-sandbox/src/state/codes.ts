import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import { ALPHANUMERIC, HEX, type IdGenerator } from './id-generator.ts'
import type { WeChatAccount } from './people.ts'
import type { PhoneNumber } from './phone.ts'

/** A code works once, within five minutes. */
export const CODE_LIFETIME_MS = 5 * 60_000

interface Issued {
  readonly value: string
  readonly app: WeChatApp
  readonly person: WeChatAccount
  readonly issuedAt: number
  usedAt: number | undefined
}

/** What `wx.login` yields: 32 letters and digits, the first a 0. */
export interface LoginCode extends Issued {
  readonly kind: 'login'
}

/** What a tap on WeChat's phone button yields: 64 hex digits. */
export interface PhoneCode extends Issued {
  readonly kind: 'phone'
  readonly phone: PhoneNumber
}

export interface Codes {
  issueLogin(app: WeChatApp, person: WeChatAccount): LoginCode
  issuePhone(app: WeChatApp, person: WeChatAccount, phone: PhoneNumber): PhoneCode
  find(value: string): LoginCode | PhoneCode | undefined
  isExpired(code: Issued): boolean
  consume(code: Issued): void
  /** The codes that still work, newest last. */
  valid(): readonly (LoginCode | PhoneCode)[]
}

// More than any test issues; the oldest are forgotten, so that a long-lived sandbox does not grow.
const REMEMBERED = 100_000

export function createCodes(clock: SandboxClock, ids: IdGenerator): Codes {
  const codes = new Map<string, LoginCode | PhoneCode>()

  function keep<Code extends LoginCode | PhoneCode>(code: Code): Code {
    codes.set(code.value, code)
    if (codes.size > REMEMBERED) {
      const [oldest] = codes.keys()
      if (oldest !== undefined) codes.delete(oldest)
    }
    return code
  }

  const isExpired = (code: Issued) => clock.now().getTime() - code.issuedAt >= CODE_LIFETIME_MS

  return {
    issueLogin(app, person) {
      const value = `0${ids.unique(ALPHANUMERIC, 31, 'login-code', app.appId, person.name)}`
      return keep({ kind: 'login', value, app, person, issuedAt: clock.now().getTime(), usedAt: undefined })
    },
    issuePhone(app, person, phone) {
      const value = ids.unique(HEX, 64, 'phone-code', app.appId, person.name)
      const issuedAt = clock.now().getTime()
      return keep({ kind: 'phone', value, app, person, phone, issuedAt, usedAt: undefined })
    },
    find: (value) => codes.get(value),
    isExpired,
    consume(code) {
      code.usedAt = clock.now().getTime()
    },
    valid: () => [...codes.values()].filter((code) => code.usedAt === undefined && !isExpired(code)),
  }
}
