import type { World } from '../../src/world/world.ts'

/** Somebody else takes a login code to WeChat first. */
export async function spend({ wechat }: World, loginCode: string): Promise<void> {
  const query = new URLSearchParams({
    appid: wechat.app.appId,
    secret: wechat.app.secret,
    js_code: loginCode,
    grant_type: 'authorization_code',
  })
  const answer = await fetch(`${wechat.url}/sns/jscode2session?${query.toString()}`)
  const { openid } = (await answer.json()) as { openid?: string } // WeChat names no error when it goes well
  if (openid === undefined) throw new Error('WeChat took the code for spent before')
}
