// https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
import { z } from 'zod'
import type { Send } from '../transport/send.ts'

const DAY_SECONDS = 86_400

const Success = z.object({
  access_token: z.string().min(1).max(2_048),
  expires_in: z.coerce.number().int().positive().max(DAY_SECONDS),
})

/** An access token as WeChat returns it. */
export interface StableToken {
  readonly accessToken: string
  /** At least 300 according to WeChat's documentation. */
  readonly expiresInSeconds: number
}

/**
 * Fetches the access token.
 *
 * Normal mode is idempotent: it returns the same token while that is valid. `force` revokes the previous token; WeChat
 * allows it 20 times a day, 30 seconds apart.
 */
export async function stableToken(
  { send, appId, secret }: { send: Send; appId: string; secret: string },
  { force }: { force: boolean } = { force: false },
): Promise<StableToken> {
  const { access_token, expires_in } = await send({
    endpoint: force ? 'stable_token (forced)' : 'stable_token',
    path: '/cgi-bin/stable_token',
    method: 'POST',
    body: { grant_type: 'client_credential', appid: appId, secret, force_refresh: force },
    success: Success,
  })
  return { accessToken: access_token, expiresInSeconds: expires_in }
}
