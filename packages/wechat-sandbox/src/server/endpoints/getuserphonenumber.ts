// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
import type { WeChatApp } from '../../state/apps.ts'
import type { PhoneCode } from '../../state/codes.ts'
import { requireAccessToken } from '../access-token.ts'
import { JSON_CONTENT_TYPE, type WeChatCall, type WeChatEndpoint } from '../call.ts'
import { jsonBody, textField } from '../json-body.ts'
import { errcodeError } from '../refuse.ts'
import { takeQuota } from '../take-quota.ts'

/** Exchanges the code of a tap on the phone button for the number. The token is looked at before the code. */
export const getUserPhoneNumberEndpoint: WeChatEndpoint = {
  path: '/wxa/business/getuserphonenumber',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    if (call.method !== 'POST') throw errcodeError(call, 43002)
    const app = requireAccessToken(call)
    const body = jsonBody(call)
    if (call.state.rules.phoneOpenid === 'refused' && 'openid' in body) throw errcodeError(call, 47001)
    takeQuota(call, 'phone-number/minute', app)
    const code = findPhoneCode(call, app, textField(body, 'code'))
    checkOwner(call, code, textField(body, 'openid'))
    call.state.codes.consume(code)
    const { phoneNumber, purePhoneNumber } = code.phone
    const countryCode = call.state.rules.countryCodeIsNumber
      ? Number(code.phone.countryCode)
      : code.phone.countryCode
    const watermark = { timestamp: Math.floor(code.issuedAt / 1000), appid: app.appId }
    return { errcode: 0, errmsg: 'ok', phone_info: { phoneNumber, purePhoneNumber, countryCode, watermark } }
  },
}

// A spent, an expired, a foreign and a login code are all the same to this endpoint.
function findPhoneCode(call: WeChatCall, app: WeChatApp, value: string | undefined): PhoneCode {
  const { codes } = call.state
  const code = value === undefined ? undefined : codes.find(value)
  if (code?.kind !== 'phone' || code.app !== app || code.usedAt !== undefined || codes.isExpired(code)) {
    throw errcodeError(call, 40029)
  }
  call.log.person = code.person
  return code
}

function checkOwner(call: WeChatCall, code: PhoneCode, openid: string | undefined): void {
  const { people, rules } = call.state
  if (openid === undefined || rules.phoneOpenid === 'ignored') return
  if (people.openId(code.app, code.person) !== openid) throw errcodeError(call, rules.phoneOpenidMismatch)
}
