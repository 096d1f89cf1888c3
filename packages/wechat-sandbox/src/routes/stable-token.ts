// https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
import type { App } from '../state/apps.ts'
import { TOKEN_OVERLAP_MS, type Token } from '../state/tokens.ts'
import { authenticate, requireCredentials } from '../wire/app-credentials.ts'
import { JSON_ANSWER, type Route } from '../wire/call.ts'
import { jsonBody, textField } from '../wire/json-body.ts'
import { Refusal } from '../wire/refusal.ts'
import type { World } from '../world.ts'

/** The token that stays the same while it is valid; the next one is handed out in its last five minutes. */
export const stableToken: Route = {
  path: '/cgi-bin/stable_token',
  contentType: JSON_ANSWER,
  answer(call) {
    if (call.method !== 'POST') throw new Refusal(43002, 'require POST method', 'hint')
    const body = jsonBody(call)
    const credentials = requireCredentials(
      { appId: textField(body, 'appid'), secret: textField(body, 'secret') },
      'blank',
    )
    if (body.grant_type !== 'client_credential') throw new Refusal(40002, 'invalid grant_type')
    const app = authenticate(call, credentials, 'blank')
    const token = body.force_refresh === true ? force(call.world, app) : keep(call.world, app)
    const leftMs = token.expiresAt - call.world.clock.now().getTime()
    return { access_token: token.value, expires_in: Math.floor(leftMs / 1000) }
  },
}

function keep({ tokens, clock }: World, app: App): Token {
  const current = tokens.current(app, 'stable')
  if (current && tokens.state(current) === 'valid') {
    const leftMs = current.expiresAt - clock.now().getTime()
    if (leftMs > TOKEN_OVERLAP_MS) return current
  }
  return tokens.renew(app, 'stable', TOKEN_OVERLAP_MS)
}

function force({ tokens }: World, app: App): Token {
  return tokens.renew(app, 'stable', 0)
}
