import type { WeChatApp } from '../state/apps.ts'
import { parameter, type WeChatCall } from './call.ts'
import { errcodeError } from './refuse.ts'

/** The app whose access token the call carries in its query. */
export function requireAccessToken(call: WeChatCall): WeChatApp {
  const { tokens } = call.state
  const value = parameter(call, 'access_token')
  if (value === undefined) throw errcodeError(call, 41001)
  const token = tokens.find(value)
  if (!token) throw errcodeError(call, couldBeToken(value) ? 40001 : 40014)
  call.log.app = token.app
  switch (tokens.status(token)) {
    case 'expired':
      throw errcodeError(call, 42001)
    case 'superseded':
      throw errcodeError(call, 40001)
    case 'valid':
      return token.app
  }
}

// WeChat answers 40001 to any made-up token of plausible letters; what earns a 40014 is not published.
const couldBeToken = (value: string) => /^[\w-]{16,512}$/.test(value)
