import { checkSessionEndpoint } from './checksession.ts'
import type { WeChatEndpoint } from './endpoint.ts'
import { getUserPhoneNumberEndpoint } from './getuserphonenumber.ts'
import { jscode2sessionEndpoint } from './jscode2session.ts'
import { msgSecCheckEndpoint } from './msg-sec-check.ts'
import { resetUserSessionKeyEndpoint } from './resetusersessionkey.ts'
import { stableTokenEndpoint } from './stable-token.ts'
import { tokenEndpoint } from './token.ts'

export const endpoints: readonly WeChatEndpoint[] = [
  jscode2sessionEndpoint,
  tokenEndpoint,
  stableTokenEndpoint,
  getUserPhoneNumberEndpoint,
  checkSessionEndpoint,
  resetUserSessionKeyEndpoint,
  msgSecCheckEndpoint,
]
