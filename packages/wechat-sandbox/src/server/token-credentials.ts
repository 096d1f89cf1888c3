import type { WeChatApp } from '../state/apps.ts'
import { requireApp, requireSecret } from './app-credentials.ts'
import type { WeChatCall } from './call.ts'
import { errcodeError } from './refuse.ts'

/** The app whose id and secret `read` finds. As seen from outside, WeChat looks at the appid before the rest. */
export function authenticateForToken(
  call: WeChatCall,
  read: (name: string) => string | undefined,
): WeChatApp {
  const appId = read('appid')
  if (appId === undefined) throw errcodeError(call, 41002)
  const app = requireApp(call, appId)
  if (read('grant_type') !== 'client_credential') throw errcodeError(call, 40002)
  const secret = read('secret')
  if (secret === undefined) throw errcodeError(call, 41004)
  requireSecret(call, app, secret)
  return app
}
