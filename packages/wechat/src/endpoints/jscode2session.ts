// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
import { z } from 'zod'
import type { Send } from '../transport/send.ts'

const Success = z.object({
  openid: z.string().min(1),
  session_key: z.string().min(1),
  unionid: z.string().min(1).nullish(),
})

export interface LoginSession {
  readonly openId: string
  /** Undefined unless the mini-program is bound to an Open Platform account. */
  readonly unionId: string | undefined
  /** Base64 of 16 bytes. Must not leave the server. */
  readonly sessionKey: string
}

/** Exchanges a login code, which works once and expires after five minutes. Needs no access token. */
export async function jscode2session(
  { send, appId, secret }: { send: Send; appId: string; secret: string },
  loginCode: string,
): Promise<LoginSession> {
  const { openid, unionid, session_key } = await send({
    endpoint: 'jscode2session',
    path: '/sns/jscode2session',
    method: 'GET',
    query: { appid: appId, secret, js_code: loginCode, grant_type: 'authorization_code' },
    success: Success,
    oneTimeCode: loginCode,
  })
  return { openId: openid, unionId: unionid ?? undefined, sessionKey: session_key }
}
