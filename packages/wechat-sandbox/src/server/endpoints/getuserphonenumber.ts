// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
import type { WeChatApp } from '../../state/apps.ts'
import type { PhoneCode } from '../../state/codes.ts'
import { requireAccessToken } from '../authenticate.ts'
import type { WeChatCall } from '../call.ts'
import { errcodeError } from '../errcode-error.ts'
import { jsonBody, textField } from '../json-body.ts'
import { takeQuota } from '../take-quota.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from './endpoint.ts'

/** Exchanges a phone code for the phone number. The access token is checked before the code. */
export const getUserPhoneNumberEndpoint: WeChatEndpoint = {
  path: '/wxa/business/getuserphonenumber',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    if (call.method !== 'POST') throw errcodeError(call, 43002)
    const app = requireAccessToken(call)
    const body = jsonBody(call)
    if (call.state.rules.phoneOpenid === 'refused' && 'openid' in body) throw errcodeError(call, 47001)
    takeQuota(call, 'phone-number/minute', { app })
    const code = requirePhoneCode(call, app, textField(body, 'code'))
    assertOwner(call, code, textField(body, 'openid'))
    call.state.codes.consume(code)
    const { phoneNumber, purePhoneNumber } = code.phone
    const countryCode = call.state.rules.countryCodeIsNumber
      ? Number(code.phone.countryCode)
      : code.phone.countryCode
    const watermark = { timestamp: Math.floor(code.issuedAt / 1000), appid: app.appId }
    return { errcode: 0, errmsg: 'ok', phone_info: { phoneNumber, purePhoneNumber, countryCode, watermark } }
  },
}

// WeChat does not distinguish a used, an expired, another app's and a login code.
function requirePhoneCode(call: WeChatCall, app: WeChatApp, value: string | undefined): PhoneCode {
  const { codes } = call.state
  const code = value === undefined ? undefined : codes.find(value)
  if (code?.kind !== 'phone' || code.app !== app || code.usedAt !== undefined || codes.isExpired(code)) {
    throw errcodeError(call, 40029)
  }
  call.log.person = code.person
  return code
}

function assertOwner(call: WeChatCall, code: PhoneCode, openid: string | undefined): void {
  const { people, rules } = call.state
  if (openid === undefined || rules.phoneOpenid === 'ignored') return
  if (people.openId(code.app, code.person) !== openid) throw errcodeError(call, rules.phoneOpenidMismatch)
}
