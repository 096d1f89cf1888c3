import type { App } from '../state/apps.ts'
import { type Call, parameter } from './call.ts'
import { Refusal } from './refusal.ts'

const NOT_LATEST =
  'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, ' +
  'more details at https://mmbizurl.cn/s/JtxxFh33r'

/** The app whose access token the call carries in its query. */
export function requireAccessToken(call: Call): App {
  const value = parameter(call, 'access_token')
  if (value === undefined) throw new Refusal(41001, 'access_token missing')
  const token = call.world.tokens.find(value)
  if (!token) throw looksLikeToken(value) ? new Refusal(40001, NOT_LATEST) : invalidToken()
  call.seen.app = token.app
  switch (call.world.tokens.state(token)) {
    case 'expired':
      throw new Refusal(42001, 'access_token expired')
    case 'superseded':
      throw new Refusal(40001, NOT_LATEST)
    case 'valid':
      return token.app
  }
}

const looksLikeToken = (value: string) => /^\d+_[\w-]{16,}$/.test(value)
const invalidToken = () => new Refusal(40014, 'invalid access_token')
