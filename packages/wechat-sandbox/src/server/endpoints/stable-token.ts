// https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
import type { WeChatApp } from '../../state/apps.ts'
import { TOKEN_OVERLAP_MS, type Token } from '../../state/tokens.ts'
import { JSON_CONTENT_TYPE, type WeChatCall, type WeChatEndpoint } from '../call.ts'
import { jsonBody, textField } from '../json-body.ts'
import { errcodeError } from '../refuse.ts'
import { takeQuota } from '../take-quota.ts'
import { authenticateForToken } from '../token-credentials.ts'

/** Two forced refreshes closer than this are one. */
const FORCE_GAP_MS = 30_000

/**
 * The token that stays the same while it is valid. In its last five minutes a call gets the next one, and both work,
 * so `expires_in` is never below 300. A forced refresh replaces it at once.
 */
export const stableTokenEndpoint: WeChatEndpoint = {
  path: '/cgi-bin/stable_token',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    if (call.method !== 'POST') throw errcodeError(call, 43002)
    const body = jsonBody(call)
    const app = authenticateForToken(call, (name) => textField(body, name))
    takeQuota(call, 'stable-token/minute', app)
    takeQuota(call, 'stable-token/day', app)
    const token = body.force_refresh === true ? force(call, app) : keep(call, app)
    const leftMs = token.expiresAt - call.state.clock.now().getTime()
    return { access_token: token.value, expires_in: Math.floor(leftMs / 1000) }
  },
}

function keep({ state: { tokens, clock } }: WeChatCall, app: WeChatApp): Token {
  const current = tokens.current(app, 'stable')
  const leftMs = current ? current.expiresAt - clock.now().getTime() : 0
  if (current && tokens.status(current) === 'valid' && leftMs >= TOKEN_OVERLAP_MS) return current
  return tokens.renew(app, 'stable', TOKEN_OVERLAP_MS)
}

function force(call: WeChatCall, app: WeChatApp): Token {
  const { tokens, clock, rules } = call.state
  const current = tokens.current(app, 'stable')
  if (current && tokens.status(current) === 'valid') {
    const isTooSoon = current.isForced && clock.now().getTime() - current.issuedAt < FORCE_GAP_MS
    if (isTooSoon) return keep(call, app)
  }
  takeQuota(call, 'force-refresh/day', app)
  return tokens.renew(app, 'stable', rules.forceRefreshOverlapMs, { isForced: true })
}
