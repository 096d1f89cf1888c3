import { z } from 'zod'
import { WeChatResponseError } from '../errors/errors.ts'
import { verifyWatermark, Watermark, type WatermarkRule } from './watermark.ts'

/** Strict, because a wrong IV may change only one byte of the id and leave the rest of the JSON intact. */
const AccountId = z.string().regex(/^[\w-]{28}$/)
const text = z.string().default('')

/** Data of `wx.getUserProfile` contains neither id. */
export const ProfilePayload = z.object({
  openId: AccountId.optional(),
  unionId: AccountId.optional(),
  nickName: text,
  gender: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  language: text,
  city: text,
  province: text,
  country: text,
  avatarUrl: text,
  watermark: Watermark,
})
type ProfilePayload = z.infer<typeof ProfilePayload>

/** A user's WeChat profile. Mini-programs released after 2022 receive "微信用户" and a grey avatar. */
export interface Profile {
  readonly openId: string | undefined
  readonly unionId: string | undefined
  readonly nickName: string
  /** 0 unknown, 1 male, 2 female. */
  readonly gender: 0 | 1 | 2
  readonly language: string
  readonly city: string
  readonly province: string
  readonly country: string
  readonly avatarUrl: string
  readonly consentedAt: Date
}

/** Converts WeChat's profile payload; throws if it belongs to another user than `openId`. */
export function toProfile(
  { watermark, openId, unionId, ...profile }: ProfilePayload,
  context: {
    source: WeChatResponseError['endpoint']
    watermarkRule: WatermarkRule
    openId?: string | undefined
  },
): Profile {
  const consentedAt = verifyWatermark(watermark, context)
  if (context.openId !== undefined && openId !== undefined && openId !== context.openId) {
    throw new WeChatResponseError({ endpoint: context.source, reason: 'openid' })
  }
  return { ...profile, openId, unionId, consentedAt }
}
