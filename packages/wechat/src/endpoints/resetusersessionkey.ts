// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey
import { z } from 'zod'
import { WeChatResponseError } from '../errors/errors.ts'
import { sessionSignature } from '../payload/session-signature.ts'
import type { Send } from '../transport/send.ts'

const Success = z.object({ openid: z.string(), session_key: z.string().min(1) })

/**
 * Replaces a user's session key and revokes the old one at once.
 *
 * The new key has the expiry of the old one. A key that is not the latest fails with 87009. WeChat asks not to call
 * this often for one user.
 */
export async function resetusersessionkey(
  { send }: { send: Send },
  { openId, sessionKey }: { openId: string; sessionKey: string },
): Promise<{ openId: string; sessionKey: string }> {
  const endpoint = 'resetusersessionkey'
  const { openid, session_key } = await send({
    endpoint,
    path: '/wxa/resetusersessionkey',
    method: 'GET',
    query: { openid: openId, signature: sessionSignature(sessionKey), sig_method: 'hmac_sha256' },
    success: Success,
  })
  if (openid !== openId) throw new WeChatResponseError({ endpoint, reason: 'openid', status: 200 })
  return { openId: openid, sessionKey: session_key }
}
