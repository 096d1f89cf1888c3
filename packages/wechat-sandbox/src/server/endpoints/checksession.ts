// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
import { requireAccessToken, requireSessionSignature } from '../authenticate.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from './endpoint.ts'

/** Checks that the caller's session key is the valid one. */
export const checkSessionEndpoint: WeChatEndpoint = {
  path: '/wxa/checksession',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    requireSessionSignature(call, requireAccessToken(call))
    return { errcode: 0, errmsg: 'ok' }
  },
}
