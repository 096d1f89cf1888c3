// https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck
import type { WeChatApp } from '../../state/apps.ts'
import { checkText } from '../../text-check/check-text.ts'
import { requireAccessToken } from '../authenticate.ts'
import { createRid, type WeChatCall } from '../call.ts'
import { errcodeError } from '../errcode-error.ts'
import { type JsonObject, jsonBody, textField } from '../json-body.ts'
import { takeQuota } from '../take-quota.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from './endpoint.ts'

const MAX_CONTENT_CHARACTERS = 2_500
const SCENES = new Set([1, 2, 3, 4])

/** Checks texts for flagged words. Version 1 returns only 0 or 87014; version 2 returns every finding. */
export const msgSecCheckEndpoint: WeChatEndpoint = {
  path: '/wxa/msg_sec_check',
  contentType: JSON_CONTENT_TYPE,
  handle(call) {
    if (call.method !== 'POST') throw errcodeError(call, 43302)
    const app = requireAccessToken(call)
    const body = jsonBody(call)
    takeQuota(call, 'check-text/minute', { app })
    takeQuota(call, 'check-text/day', { app })
    const content = textField(body, 'content')
    if (content === undefined) throw errcodeError(call, 44002)
    if (Array.from(content).length > MAX_CONTENT_CHARACTERS) throw errcodeError(call, 45002)
    if (body.version === undefined) return checkAsVersion1(call, content)
    if (body.version !== 2) throw errcodeError(call, 47001)
    assertRecentVisit(call, app, body)
    if (typeof body.scene !== 'number' || !SCENES.has(body.scene)) throw errcodeError(call, 40129)
    const texts = [content, ...['nickname', 'title', 'signature'].map((name) => textField(body, name) ?? '')]
    const { result, detail } = checkText(texts.join('\n'), call.state.rules.flaggedWords)
    const traceId = createRid(call.state.clock, call.state.ids)
    return { errcode: 0, errmsg: 'ok', result, detail, trace_id: traceId }
  },
}

function checkAsVersion1(call: WeChatCall, content: string): object {
  const { result } = checkText(content, call.state.rules.flaggedWords)
  if (result.suggest === 'risky') throw errcodeError(call, 87014)
  return { errcode: 0, errmsg: 'ok' }
}

function assertRecentVisit(call: WeChatCall, app: WeChatApp, body: JsonObject): void {
  const { people, apps, visits } = call.state
  const openid = textField(body, 'openid')
  if (openid === undefined) throw errcodeError(call, 40003)
  const person = people.findByOpenId(app, openid)
  if (!person) {
    const belongsToAnotherApp = apps.all.some((other) => people.findByOpenId(other, openid) !== undefined)
    throw errcodeError(call, belongsToAnotherApp ? 43104 : 40003)
  }
  call.log.person = person
  if (!visits.isRecent(app, person)) throw errcodeError(call, 61010)
}
