import type { Route } from '../wire/call.ts'
import { getUserPhoneNumber } from './getuserphonenumber.ts'
import { jscode2session } from './jscode2session.ts'
import { stableToken } from './stable-token.ts'

export const routes: readonly Route[] = [jscode2session, stableToken, getUserPhoneNumber]
