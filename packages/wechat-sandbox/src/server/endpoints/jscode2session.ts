// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
import type { WeChatApp } from '../../state/apps.ts'
import type { LoginCode } from '../../state/codes.ts'
import { requireApp, requireSecret } from '../authenticate.ts'
import { parameter, type WeChatCall } from '../call.ts'
import { errcodeError } from '../errcode-error.ts'
import { takeQuota } from '../take-quota.ts'
import type { WeChatEndpoint } from './endpoint.ts'

/**
 * Exchanges a login code for the person's ids and session key. Reads only the query; a body is ignored. WeChat has not
 * published which of several errors it returns first: the order of these checks is our guess.
 */
export const jscode2sessionEndpoint: WeChatEndpoint = {
  path: '/sns/jscode2session',
  contentType: 'text/plain',
  handle(call) {
    const { people, sessionKeys, codes, rules } = call.state
    const appId = requireParameter(call, 'appid', 41002)
    const secret = requireParameter(call, 'secret', 41004)
    const jsCode = requireParameter(call, 'js_code', 41008)
    if (rules.checksGrantType && parameter(call, 'grant_type') !== 'authorization_code')
      throw errcodeError(call, 40002)
    const app = requireApp(call, appId)
    requireSecret(call, app, secret)
    const code = requireLoginCode(call, app, jsCode)
    if (code.person.blocked) throw errcodeError(call, 40226)
    takeQuota(call, 'login/minute', { app, person: code.person })
    codes.consume(code)
    const unionid = people.unionId(app, code.person)
    return {
      session_key: sessionKeys.use(app, code.person).value,
      openid: people.openId(app, code.person),
      ...(unionid === undefined ? {} : { unionid }),
    }
  },
}

function requireParameter(call: WeChatCall, name: string, errcode: number): string {
  const value = parameter(call, name)
  if (value === undefined) throw errcodeError(call, errcode)
  return value
}

function requireLoginCode(call: WeChatCall, app: WeChatApp, value: string): LoginCode {
  const { codes } = call.state
  const code = codes.find(value)
  if (code?.kind !== 'login' || code.app !== app) throw errcodeError(call, 40029)
  call.log.person = code.person
  if (code.usedAt !== undefined) throw errcodeError(call, 40163)
  if (codes.isExpired(code)) throw errcodeError(call, 40029)
  return code
}
