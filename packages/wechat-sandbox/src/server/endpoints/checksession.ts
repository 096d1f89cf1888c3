// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
import { requireAccessToken } from '../access-token.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from '../call.ts'
import { requireSessionSignature } from '../session-signature.ts'

/** Tells whether the session key that the server holds is still the person's. */
export const checkSessionEndpoint: WeChatEndpoint = {
  path: '/wxa/checksession',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    requireSessionSignature(call, requireAccessToken(call))
    return { errcode: 0, errmsg: 'ok' }
  },
}
