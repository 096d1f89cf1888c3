import { SandboxUsageError } from './sandbox-usage-error.ts'

/** A phone number as WeChat writes it, and in E.164. */
export interface PhoneNumber {
  /** With the country code for foreign numbers, without it for +86. */
  readonly phoneNumber: string
  /** Without the country code. */
  readonly purePhoneNumber: string
  /** Without the plus sign: `86`, `852`. */
  readonly countryCode: string
  /** `+8613800008915` */
  readonly e164: string
}

// ITU-T E.164 country codes of one and two digits; every other code has three.
const SHORT_COUNTRY_CODES = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/**
 * Parses `+8613800008915`, `+852 5123 4567`, or a mainland number without country code.
 * Throws {@link SandboxUsageError} for any other text.
 */
export function parsePhoneNumber(text: string): PhoneNumber {
  const compact = text.replace(/[\s-]/g, '')
  const e164 = /^1\d{10}$/.test(compact) ? `+86${compact}` : compact
  if (!/^\+[1-9]\d{5,14}$/.test(e164)) {
    throw new SandboxUsageError(
      'INVALID_PHONE',
      'the phone number is invalid: write it with its country code, such as +8613800008915',
    )
  }
  const digits = e164.slice(1)
  const countryCode = SHORT_COUNTRY_CODES.exec(digits)?.[0] ?? digits.slice(0, 3)
  const purePhoneNumber = digits.slice(countryCode.length)
  const phoneNumber = countryCode === '86' ? purePhoneNumber : e164
  return { phoneNumber, purePhoneNumber, countryCode, e164 }
}
