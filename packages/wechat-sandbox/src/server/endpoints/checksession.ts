// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
import { requireAccessToken } from '../access-token.ts'
import { JSON_ANSWER, type Route } from '../call.ts'
import { requireSessionSignature } from '../session-signature.ts'

/** Tells whether the session key that the server holds is still the person's. */
export const checkSession: Route = {
  path: '/wxa/checksession',
  contentType: JSON_ANSWER,
  answer(call) {
    requireSessionSignature(call, requireAccessToken(call))
    return { errcode: 0, errmsg: 'ok' }
  },
}
