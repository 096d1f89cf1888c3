// https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getaccesstoken
import { TOKEN_OVERLAP_MS } from '../../state/tokens.ts'
import { requireTokenCredentials } from '../authenticate.ts'
import { parameter } from '../call.ts'
import { takeQuota } from '../take-quota.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from './endpoint.ts'

/** Issues a new token on every call; the last one works for five more minutes. Stable tokens are unaffected. */
export const tokenEndpoint: WeChatEndpoint = {
  path: '/cgi-bin/token',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    const app = requireTokenCredentials(call, (name) => parameter(call, name))
    takeQuota(call, 'token/day', { app })
    const { value, issuedAt, expiresAt } = call.state.tokens.renew(app, 'plain', TOKEN_OVERLAP_MS)
    return { access_token: value, expires_in: (expiresAt - issuedAt) / 1000 }
  },
}
