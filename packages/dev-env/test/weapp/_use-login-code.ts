import type { World } from '../../src/world/world.ts'

/** Exchanges a login code with WeChat, so that the API can no longer use it. */
export async function useLoginCode({ wechat }: World, loginCode: string): Promise<void> {
  const query = new URLSearchParams({
    appid: wechat.app.appId,
    secret: wechat.app.secret,
    js_code: loginCode,
    grant_type: 'authorization_code',
  })
  const response = await fetch(`${wechat.url}/sns/jscode2session?${query.toString()}`)
  const { openid } = (await response.json()) as { openid?: string } // Absent in an error response of WeChat.
  if (openid === undefined) throw new Error('WeChat refused the login code')
}
