import type { App } from '../state/apps.ts'
import { requireApp, requireSecret } from './app-credentials.ts'
import type { Call } from './call.ts'
import { refuse } from './refuse.ts'

/** The app whose id and secret `read` finds. As seen from outside, WeChat looks at the appid before the rest. */
export function authenticateForToken(call: Call, read: (name: string) => string | undefined): App {
  const appId = read('appid')
  if (appId === undefined) throw refuse(call, 41002)
  const app = requireApp(call, appId)
  if (read('grant_type') !== 'client_credential') throw refuse(call, 40002)
  const secret = read('secret')
  if (secret === undefined) throw refuse(call, 41004)
  requireSecret(call, app, secret)
  return app
}
