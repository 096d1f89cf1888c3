// https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
import type { WeChatApp } from '../../state/apps.ts'
import { TOKEN_OVERLAP_MS, type Token } from '../../state/tokens.ts'
import { requireTokenCredentials } from '../authenticate.ts'
import type { WeChatCall } from '../call.ts'
import { errcodeError } from '../errcode-error.ts'
import { jsonBody, textField } from '../json-body.ts'
import { takeQuota } from '../take-quota.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from './endpoint.ts'

/** A forced refresh within this time of the last one returns the same token. */
const MIN_FORCE_INTERVAL_MS = 30_000

/**
 * Returns the same token while it is valid. In its last five minutes it returns the next token, and both work: so
 * `expires_in` is never below 300. A forced refresh replaces the token at once.
 */
export const stableTokenEndpoint: WeChatEndpoint = {
  path: '/cgi-bin/stable_token',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    if (call.method !== 'POST') throw errcodeError(call, 43002)
    const body = jsonBody(call)
    const app = requireTokenCredentials(call, (name) => textField(body, name))
    takeQuota(call, 'stable-token/minute', { app })
    takeQuota(call, 'stable-token/day', { app })
    const token = body.force_refresh === true ? refresh(call, app) : currentOrNext(call, app)
    const leftMs = token.expiresAt - call.state.clock.now().getTime()
    return { access_token: token.value, expires_in: Math.floor(leftMs / 1000) }
  },
}

function currentOrNext({ state: { tokens, clock } }: WeChatCall, app: WeChatApp): Token {
  const current = tokens.current(app, 'stable')
  const leftMs = current ? current.expiresAt - clock.now().getTime() : 0
  if (current && tokens.status(current) === 'valid' && leftMs >= TOKEN_OVERLAP_MS) return current
  return tokens.renew(app, 'stable', TOKEN_OVERLAP_MS)
}

function refresh(call: WeChatCall, app: WeChatApp): Token {
  const { tokens, clock, rules } = call.state
  const current = tokens.current(app, 'stable')
  if (current && tokens.status(current) === 'valid') {
    const isTooSoon = current.isForced && clock.now().getTime() - current.issuedAt < MIN_FORCE_INTERVAL_MS
    if (isTooSoon) return currentOrNext(call, app)
  }
  takeQuota(call, 'force-refresh/day', { app })
  return tokens.renew(app, 'stable', rules.forceRefreshOverlapMs, { isForced: true })
}
