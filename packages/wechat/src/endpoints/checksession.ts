// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
import { z } from 'zod'
import { isStaleSession } from '../errors/stale-session.ts'
import { sessionSignature } from '../payload/session-signature.ts'
import type { Send } from '../transport/send.ts'

/** Tells whether a session key is still the user's latest. Costs the key no life and gives it none. */
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
