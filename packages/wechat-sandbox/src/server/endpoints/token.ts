// https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getaccesstoken
import { TOKEN_OVERLAP_MS } from '../../state/tokens.ts'
import { JSON_CONTENT_TYPE, parameter, type WeChatEndpoint } from '../call.ts'
import { takeQuota } from '../take-quota.ts'
import { authenticateForToken } from '../token-credentials.ts'

/** A new token at each call; the last one works for five more minutes. Stable tokens are not touched. */
export const tokenEndpoint: WeChatEndpoint = {
  path: '/cgi-bin/token',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    const app = authenticateForToken(call, (name) => parameter(call, name))
    takeQuota(call, 'token/day', app)
    const { value, issuedAt, expiresAt } = call.state.tokens.renew(app, 'plain', TOKEN_OVERLAP_MS)
    return { access_token: value, expires_in: (expiresAt - issuedAt) / 1000 }
  },
}
