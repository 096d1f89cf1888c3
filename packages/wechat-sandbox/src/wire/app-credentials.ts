import type { App } from '../state/apps.ts'
import type { Call } from './call.ts'
import { type Ending, Refusal } from './refusal.ts'

interface Credentials {
  readonly appId: string | undefined
  readonly secret: string | undefined
}

/** Refuses a call that names no app or no secret. */
export function requireCredentials({ appId, secret }: Credentials, ending: Ending): Required<Credentials> {
  if (appId === undefined) throw new Refusal(41002, 'appid missing', ending)
  if (secret === undefined) throw new Refusal(41004, 'appsecret missing', ending)
  return { appId, secret }
}

/** The app that the credentials belong to. */
export function authenticate(call: Call, { appId, secret }: Credentials, ending: Ending): App {
  const app = appId === undefined ? undefined : call.world.apps.find(appId)
  if (!app) throw new Refusal(40013, 'invalid appid', ending === 'comma' ? 'comma' : 'hint')
  call.seen.app = app
  if (app.secret !== secret) throw new Refusal(40125, 'invalid appsecret', ending)
  return app
}
