import type { Route } from '../call.ts'
import { checkSession } from './checksession.ts'
import { getUserPhoneNumber } from './getuserphonenumber.ts'
import { jscode2session } from './jscode2session.ts'
import { msgSecCheck } from './msg-sec-check.ts'
import { resetUserSessionKey } from './resetusersessionkey.ts'
import { stableToken } from './stable-token.ts'
import { token } from './token.ts'

export const routes: readonly Route[] = [
  jscode2session,
  token,
  stableToken,
  getUserPhoneNumber,
  checkSession,
  resetUserSessionKey,
  msgSecCheck,
]
