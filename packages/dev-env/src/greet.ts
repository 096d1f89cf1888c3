import type { World } from './world.ts'

/** Says where everything is and what to do there. */
export function greet({ h5Url, apiUrl, wechat }: Pick<World, 'h5Url' | 'apiUrl' | 'wechat'>): void {
  const open = h5Url
    ? `
  Open       ${h5Url}
             Tap 我的 (Me), then 登录 (log in), and allow the phone number: you are alice, or whom you choose.`
    : ''
  console.log(`${open}

  API        ${apiUrl}/trpc   (login, me)
  WeChat     ${wechat.url}   (local; its people, codes and clock: ${wechat.controlUrl}/)

  Ctrl-C ends everything.
`)
}
