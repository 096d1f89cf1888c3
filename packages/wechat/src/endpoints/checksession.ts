// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
import { z } from 'zod'
import { isStaleSession } from '../errors/error-kinds.ts'
import { sessionSignature } from '../payload/session-signature.ts'
import type { Send } from '../transport/send.ts'

/** Returns whether a session key is still the user's latest. Does not change when the key expires. */
export async function checksession(
  { send }: { send: Send },
  { openId, sessionKey }: { openId: string; sessionKey: string },
): Promise<boolean> {
  try {
    await send({
      endpoint: 'checksession',
      path: '/wxa/checksession',
      method: 'GET',
      query: { openid: openId, signature: sessionSignature(sessionKey), sig_method: 'hmac_sha256' },
      success: z.object({ errcode: z.literal([0, '0']) }),
    })
    return true
  } catch (error) {
    if (isStaleSession(error)) return false
    throw error
  }
}
