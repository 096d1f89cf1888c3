import { timingSafeEqual } from 'node:crypto'
import type { WeChatApp } from '../state/apps.ts'
import { isListed } from '../state/ip-list.ts'
import type { WeChatCall } from './call.ts'
import { errcodeError } from './refuse.ts'

/** The app of that id, noted for the call log. */
export function requireApp(call: WeChatCall, appId: string): WeChatApp {
  const app = call.state.apps.find(appId)
  if (!app) throw errcodeError(call, 40013)
  call.log.app = app
  return app
}

/** Refuses a wrong or frozen secret, and an address that the app's owner has not listed. */
export function requireSecret(call: WeChatCall, app: WeChatApp, secret: string): void {
  if (!same(app.secret, secret)) throw errcodeError(call, 40125)
  if (app.secretFrozen) throw errcodeError(call, 40243)
  if (app.ipWhitelist && !isListed(call.remoteAddress, app.ipWhitelist)) {
    const ip = call.remoteAddress.replace(/^::ffff:/, '')
    throw errcodeError(call, 40164, `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`)
  }
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
