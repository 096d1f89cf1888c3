// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey
import { requireAccessToken, requireSessionSignature } from '../authenticate.ts'
import { takeQuota } from '../take-quota.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from './endpoint.ts'

/** Replaces a person's session key. The new one expires when the old one would have. */
export const resetUserSessionKeyEndpoint: WeChatEndpoint = {
  path: '/wxa/resetusersessionkey',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    const app = requireAccessToken(call)
    takeQuota(call, 'reset-key/minute', { app })
    const person = requireSessionSignature(call, app)
    takeQuota(call, 'reset-key-of-one/minute', { app, person })
    const { value } = call.state.sessionKeys.reset(app, person)
    return { errcode: 0, errmsg: 'ok', openid: call.state.people.openId(app, person), session_key: value }
  },
}
