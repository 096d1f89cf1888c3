import { timingSafeEqual } from 'node:crypto'
import type { App } from '../state/apps.ts'
import { isListed } from '../state/ip-list.ts'
import type { Call } from './call.ts'
import { refuse } from './refuse.ts'

/** The app of that id, noted for the call log. */
export function requireApp(call: Call, appId: string): App {
  const app = call.world.apps.find(appId)
  if (!app) throw refuse(call, 40013)
  call.seen.app = app
  return app
}

/** Refuses a wrong or frozen secret, and an address that the app's owner has not listed. */
export function requireSecret(call: Call, app: App, secret: string): void {
  if (!same(app.secret, secret)) throw refuse(call, 40125)
  if (app.secretFrozen) throw refuse(call, 40243)
  if (app.ipWhitelist && !isListed(call.remoteAddress, app.ipWhitelist)) {
    const ip = call.remoteAddress.replace(/^::ffff:/, '')
    throw refuse(call, 40164, `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`)
  }
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
