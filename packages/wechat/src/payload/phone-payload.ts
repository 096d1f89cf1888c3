import { z } from 'zod'
import { WeChatResponseError } from '../errors/errors.ts'
import { verifyWatermark, Watermark, type WatermarkRule } from './watermark.ts'

/** WeChat documents `countryCode` as a string and shows a number. */
export const PhonePayload = z.object({
  phoneNumber: z.string().optional(),
  purePhoneNumber: z.string(),
  countryCode: z.union([z.string(), z.int()]).transform((code) =>
    String(code)
      .trim()
      .replace(/^\+|^00/, ''),
  ),
  watermark: Watermark,
})
type PhonePayload = z.infer<typeof PhonePayload>

export interface VerifiedPhone {
  /** E.164: `+8613580006666`. */
  readonly phoneNumber: string
  /** Without the country's code, digits only. */
  readonly purePhoneNumber: string
  /** Digits only: `86`. */
  readonly countryCode: string
  /** When the user allowed it. */
  readonly consentedAt: Date
}

/** Reads the phone that WeChat gives, the same from its server as from encrypted data. */
export function toVerifiedPhone(
  phone: PhonePayload,
  context: { source: WeChatResponseError['endpoint']; watermark: WatermarkRule },
): VerifiedPhone {
  const consentedAt = verifyWatermark(phone.watermark, context)
  const purePhoneNumber = phone.purePhoneNumber.replace(/[\s-]/g, '')
  const phoneNumber = `+${phone.countryCode}${purePhoneNumber}`
  if (purePhoneNumber === '')
    throw new WeChatResponseError({ endpoint: context.source, reason: 'phone-missing' })
  if (
    !/^\d+$/.test(purePhoneNumber) ||
    !/^[1-9]\d{0,3}$/.test(phone.countryCode) ||
    phoneNumber.length > 16
  ) {
    throw new WeChatResponseError({ endpoint: context.source, reason: 'shape' })
  }
  return { phoneNumber, purePhoneNumber, countryCode: phone.countryCode, consentedAt }
}
