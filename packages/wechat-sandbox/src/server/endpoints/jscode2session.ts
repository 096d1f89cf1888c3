// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
import type { WeChatApp } from '../../state/apps.ts'
import type { LoginCode } from '../../state/codes.ts'
import { requireApp, requireSecret } from '../app-credentials.ts'
import { parameter, type WeChatCall, type WeChatEndpoint } from '../call.ts'
import { errcodeError } from '../refuse.ts'
import { takeQuota } from '../take-quota.ts'

/**
 * Exchanges a login code for the person's ids and session key. Everything is read from the query: what stands in a
 * body is not seen. Which of several faults WeChat reports first is not published: the order here is ours.
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
    const code = findLoginCode(call, app, jsCode)
    if (code.person.blocked) throw errcodeError(call, 40226)
    takeQuota(call, 'login/minute', app, code.person)
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

function findLoginCode(call: WeChatCall, app: WeChatApp, value: string): LoginCode {
  const { codes } = call.state
  const code = codes.find(value)
  if (code?.kind !== 'login' || code.app !== app) throw errcodeError(call, 40029)
  call.log.person = code.person
  if (code.usedAt !== undefined) throw errcodeError(call, 40163)
  if (codes.isExpired(code)) throw errcodeError(call, 40029)
  return code
}
