import type { World } from './world/world.ts'

/** Prints the URLs of all local servers and the first steps. */
export function printUrls({ h5Url, apiUrl, wechat }: Pick<World, 'h5Url' | 'apiUrl' | 'wechat'>): void {
  const page = h5Url
    ? `
  Open       ${h5Url}
             Tap 记一次探望 (note a visit), then the green WeChat button, and allow the phone number.
             You are logged in as alice; the bar at the top selects another person.`
    : ''
  console.log(`${page}

  API        ${apiUrl}/trpc
  WeChat     ${wechat.url}   (local sandbox; people, codes and clock: ${wechat.controlUrl}/)

  Press Ctrl-C to stop.
`)
}
