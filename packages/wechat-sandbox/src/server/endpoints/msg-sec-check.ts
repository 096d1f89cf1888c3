// https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck

import type { App } from '../../state/apps.ts'
import { judgeText } from '../../text-check/check-text.ts'
import { requireAccessToken } from '../access-token.ts'
import { type Call, JSON_ANSWER, type Route } from '../call.ts'
import { type JsonObject, jsonBody, textField } from '../json-body.ts'
import { refuse } from '../refuse.ts'
import { createRid } from '../rid.ts'
import { takeQuota } from '../take-quota.ts'

const MAX_CONTENT_CHARACTERS = 2_500
const SCENES = new Set([1, 2, 3, 4])

/** Looks for words that break the rules: version 2, and the old one that only knew yes (0) and no (87014). */
export const msgSecCheck: Route = {
  path: '/wxa/msg_sec_check',
  contentType: JSON_ANSWER,
  answer(call) {
    if (call.method !== 'POST') throw refuse(call, 43302)
    const app = requireAccessToken(call)
    const body = jsonBody(call)
    takeQuota(call, 'check-text/minute', app)
    takeQuota(call, 'check-text/day', app)
    const content = textField(body, 'content')
    if (content === undefined) throw refuse(call, 44002)
    if (Array.from(content).length > MAX_CONTENT_CHARACTERS) throw refuse(call, 45002)
    if (body.version === undefined) return answerAsVersion1(call, content)
    if (body.version !== 2) throw refuse(call, 47001)
    requireVisitor(call, app, body)
    if (typeof body.scene !== 'number' || !SCENES.has(body.scene)) throw refuse(call, 40129)
    const texts = [content, ...['nickname', 'title', 'signature'].map((name) => textField(body, name) ?? '')]
    const { result, detail } = judgeText(texts.join('\n'), call.world.rules.suspectWords)
    const traceId = createRid(call.world.clock, call.world.mint)
    return { errcode: 0, errmsg: 'ok', result, detail, trace_id: traceId }
  },
}

function answerAsVersion1(call: Call, content: string): object {
  const { result } = judgeText(content, call.world.rules.suspectWords)
  if (result.suggest === 'risky') throw refuse(call, 87014)
  return { errcode: 0, errmsg: 'ok' }
}

function requireVisitor(call: Call, app: App, body: JsonObject): void {
  const { people, apps, visits } = call.world
  const openid = textField(body, 'openid')
  if (openid === undefined) throw refuse(call, 40003)
  const person = people.ownerOf(app, openid)
  if (!person) {
    const isOfAnother = apps.all.some((other) => people.ownerOf(other, openid) !== undefined)
    throw refuse(call, isOfAnother ? 43104 : 40003)
  }
  call.seen.person = person
  if (!visits.isRecent(app, person)) throw refuse(call, 61010)
}
