import type { World } from './world/world.ts'

/** Says where everything is and what to do there. */
export function greet({ h5Url, apiUrl, wechat }: Pick<World, 'h5Url' | 'apiUrl' | 'wechat'>): void {
  const open = h5Url
    ? `
  Open       ${h5Url}
             Tap 记一次探望 (note a visit), then WeChat's green button, and allow the phone number.
             You are alice, or whom you choose at the top.`
    : ''
  console.log(`${open}

  API        ${apiUrl}/trpc   (login, me)
  WeChat     ${wechat.url}   (local; its people, codes and clock: ${wechat.controlUrl}/)

  Ctrl-C ends everything.
`)
}
