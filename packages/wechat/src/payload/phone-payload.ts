import { z } from 'zod'
import { WeChatResponseError } from '../errors/errors.ts'
import { verifyWatermark, Watermark, type WatermarkRule } from './watermark.ts'

/** WeChat documents `countryCode` as a string; its example shows a number. */
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

/** A phone number that WeChat has verified. */
export interface PhoneInfo {
  /** E.164: `+8613580006666`. */
  readonly phoneNumber: string
  /** The national number, digits only. */
  readonly purePhoneNumber: string
  /** Digits only: `86`. */
  readonly countryCode: string
  /** When the user tapped the phone button and allowed it. */
  readonly consentedAt: Date
}

/** Converts WeChat's phone payload, which is the same from its API as in encrypted data. */
export function toPhoneInfo(
  payload: PhonePayload,
  context: { source: WeChatResponseError['endpoint']; watermarkRule: WatermarkRule },
): PhoneInfo {
  const endpoint = context.source
  const consentedAt = verifyWatermark(payload.watermark, context)
  const { countryCode } = payload
  const purePhoneNumber = payload.purePhoneNumber.replace(/[\s-]/g, '')
  const phoneNumber = `+${countryCode}${purePhoneNumber}`
  if (purePhoneNumber === '') throw new WeChatResponseError({ endpoint, reason: 'phone-missing' })
  const isE164 =
    /^\d+$/.test(purePhoneNumber) && /^[1-9]\d{0,3}$/.test(countryCode) && phoneNumber.length <= 16
  if (!isE164) throw new WeChatResponseError({ endpoint, reason: 'shape' })
  return { phoneNumber, purePhoneNumber, countryCode, consentedAt }
}
