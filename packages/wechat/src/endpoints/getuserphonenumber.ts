// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber.md
import { z } from 'zod'
import { WeChatUnreadable } from '../errors/errors.ts'
import { PhonePayload, readPhone, type TappedPhone } from '../payload/phone-payload.ts'
import type { WatermarkRule } from '../payload/watermark.ts'
import type { Ask } from '../transport/send.ts'

const Success = z.object({ phone_info: PhonePayload.nullish() })

/**
 * Exchanges a phone code of WeChat's phone button. A code lives five minutes from the tap and works once.
 * With `openId`, WeChat checks that the code belongs to that user.
 */
export async function getuserphonenumber(
  { ask, watermark }: { ask: Ask; watermark: WatermarkRule },
  { phoneCode, openId }: { phoneCode: string; openId?: string | undefined },
): Promise<TappedPhone> {
  const endpoint = 'getuserphonenumber'
  const { phone_info } = await ask({
    endpoint,
    path: '/wxa/business/getuserphonenumber',
    method: 'POST',
    body: { code: phoneCode, ...(openId !== undefined && { openid: openId }) },
    success: Success,
    oneTimeCode: phoneCode,
  })
  if (!phone_info) throw new WeChatUnreadable({ endpoint, reason: 'phone-missing', status: 200 })
  return readPhone(phone_info, { source: endpoint, watermark })
}
