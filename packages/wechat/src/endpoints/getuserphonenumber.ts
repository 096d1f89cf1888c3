// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber.md
import { z } from 'zod'
import { WeChatResponseError } from '../errors/errors.ts'
import { type PhoneInfo, PhonePayload, toPhoneInfo } from '../payload/phone-payload.ts'
import type { WatermarkRule } from '../payload/watermark.ts'
import type { Send } from '../transport/send.ts'

const Success = z.object({ phone_info: PhonePayload.nullish() })

/**
 * Exchanges a phone code, which works once and expires five minutes after the tap.
 *
 * If `openId` is set, WeChat verifies that the code belongs to that user.
 */
export async function getuserphonenumber(
  { send, watermarkRule }: { send: Send; watermarkRule: WatermarkRule },
  { phoneCode, openId }: { phoneCode: string; openId?: string | undefined },
): Promise<PhoneInfo> {
  const endpoint = 'getuserphonenumber'
  const { phone_info } = await send({
    endpoint,
    path: '/wxa/business/getuserphonenumber',
    method: 'POST',
    body: { code: phoneCode, ...(openId !== undefined && { openid: openId }) },
    success: Success,
    oneTimeCode: phoneCode,
  })
  if (!phone_info) throw new WeChatResponseError({ endpoint, reason: 'phone-missing', status: 200 })
  return toPhoneInfo(phone_info, { source: endpoint, watermarkRule })
}
