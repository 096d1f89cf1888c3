import type { App } from '../state/apps.ts'
import { type Call, parameter } from './call.ts'
import { refuse } from './refuse.ts'

/** The app whose access token the call carries in its query. */
export function requireAccessToken(call: Call): App {
  const { tokens } = call.world
  const value = parameter(call, 'access_token')
  if (value === undefined) throw refuse(call, 41001)
  const token = tokens.find(value)
  if (!token) throw refuse(call, couldBeToken(value) ? 40001 : 40014)
  call.seen.app = token.app
  switch (tokens.state(token)) {
    case 'expired':
      throw refuse(call, 42001)
    case 'superseded':
      throw refuse(call, 40001)
    case 'valid':
      return token.app
  }
}

// WeChat answers 40001 to any made-up token of plausible letters; what earns a 40014 is not published.
const couldBeToken = (value: string) => /^[\w-]{16,512}$/.test(value)
