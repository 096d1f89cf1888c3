// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session

import type { App } from '../state/apps.ts'
import type { LoginCode } from '../state/codes.ts'
import { authenticate, requireCredentials } from '../wire/app-credentials.ts'
import { type Call, parameter, type Route } from '../wire/call.ts'
import { Refusal } from '../wire/refusal.ts'

/** Exchanges a login code for the person's ids and session key. Everything is read from the query. */
export const jscode2session: Route = {
  path: '/sns/jscode2session',
  contentType: 'text/plain',
  answer(call) {
    const { people, sessionKeys, codes, rules } = call.world
    const credentials = requireCredentials(
      { appId: parameter(call, 'appid'), secret: parameter(call, 'secret') },
      'comma',
    )
    const jsCode = parameter(call, 'js_code')
    if (jsCode === undefined) throw new Refusal(41008, 'missing code', 'comma')
    if (rules.checksGrantType && parameter(call, 'grant_type') !== 'authorization_code') {
      throw new Refusal(40002, 'invalid grant_type', 'comma')
    }
    const app = authenticate(call, credentials, 'comma')
    const code = findLoginCode(call, app, jsCode)
    if (code.person.blocked) throw new Refusal(40226, 'code blocked', 'comma')
    codes.spend(code)
    const unionid = people.unionId(app, code.person)
    return {
      session_key: sessionKeys.current(app, code.person).value,
      openid: people.openId(app, code.person),
      ...(unionid === undefined ? {} : { unionid }),
    }
  },
}

function findLoginCode(call: Call, app: App, value: string): LoginCode {
  const { codes } = call.world
  const code = codes.find(value)
  if (code?.kind !== 'login' || code.app !== app) throw new Refusal(40029, 'invalid code', 'comma')
  call.seen.person = code.person
  if (code.usedAt !== undefined) throw new Refusal(40163, 'code been used', 'comma')
  if (codes.isExpired(code)) throw new Refusal(40029, 'invalid code', 'comma')
  return code
}
