import type { WeChatApp } from './apps.ts'
import type { SandboxClock } from './clock.ts'
import { ALPHANUMERIC, HEX, type IdGenerator } from './id-generator.ts'
import type { WeChatAccount } from './people.ts'
import type { PhoneNumber } from './phone-number.ts'

export const CODE_LIFETIME_MS = 5 * 60_000

interface IssuedCode {
  readonly value: string
  readonly app: WeChatApp
  readonly person: WeChatAccount
  readonly issuedAt: number
  usedAt: number | undefined
}

/** The code of `wx.login`: 32 letters and digits, the first a 0. */
export interface LoginCode extends IssuedCode {
  readonly kind: 'login'
}

/** The code of a tap on WeChat's phone button: 64 hex digits. */
export interface PhoneCode extends IssuedCode {
  readonly kind: 'phone'
  readonly phone: PhoneNumber
}

/** Login and phone codes: each works once, within {@link CODE_LIFETIME_MS}. */
export interface Codes {
  issueLogin(app: WeChatApp, person: WeChatAccount): LoginCode
  issuePhone(app: WeChatApp, person: WeChatAccount, phone: PhoneNumber): PhoneCode
  find(value: string): LoginCode | PhoneCode | undefined
  isExpired(code: IssuedCode): boolean
  /** Marks the code as used. */
  consume(code: IssuedCode): void
  /** The unused, unexpired codes, newest last. */
  valid(): readonly (LoginCode | PhoneCode)[]
}

/** Bounds the memory of a long-running sandbox: the oldest codes are dropped. */
const MAX_CODES = 100_000

export function createCodes(clock: SandboxClock, ids: IdGenerator): Codes {
  const codes = new Map<string, LoginCode | PhoneCode>()

  function store<Code extends LoginCode | PhoneCode>(code: Code): Code {
    codes.set(code.value, code)
    if (codes.size > MAX_CODES) {
      const [oldest] = codes.keys()
      if (oldest !== undefined) codes.delete(oldest)
    }
    return code
  }

  const isExpired = (code: IssuedCode) => clock.now().getTime() - code.issuedAt >= CODE_LIFETIME_MS

  return {
    issueLogin(app, person) {
      const value = `0${ids.unique(ALPHANUMERIC, 31, 'login-code', app.appId, person.name)}`
      return store({ kind: 'login', value, app, person, issuedAt: clock.now().getTime(), usedAt: undefined })
    },
    issuePhone(app, person, phone) {
      const value = ids.unique(HEX, 64, 'phone-code', app.appId, person.name)
      const issuedAt = clock.now().getTime()
      return store({ kind: 'phone', value, app, person, phone, issuedAt, usedAt: undefined })
    },
    find: (value) => codes.get(value),
    isExpired,
    consume(code) {
      code.usedAt = clock.now().getTime()
    },
    valid: () => [...codes.values()].filter((code) => code.usedAt === undefined && !isExpired(code)),
  }
}
