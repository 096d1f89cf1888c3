import { ALPHANUMERIC, type IdGenerator } from '../state/id-generator.ts'
import { JSON_CONTENT_TYPE, type WeChatCall, type WeChatEndpoint } from './call.ts'
import { endpoints } from './endpoints/endpoints.ts'
import { ErrcodeError, errmsg } from './errcode-error.ts'
import { errcodeError } from './refuse.ts'
import type { Sendable } from './send.ts'

const routeAt: ReadonlyMap<string, WeChatEndpoint> = new Map(endpoints.map((route) => [route.path, route]))

export const isKnown = (path: string) => routeAt.has(path)

/** What WeChat answers to a call. */
export interface WeChatResponse extends Sendable {
  readonly errcode: number
}

/** Lets the route do its work; its refusals become answers. */
export function respond(call: WeChatCall): WeChatResponse {
  const route = routeAt.get(call.path)
  try {
    if (!route) throw errcodeError(call, 40066)
    return toDecision(route, 0, route.handle(call))
  } catch (thrown) {
    if (thrown instanceof ErrcodeError) return toErrorResponse(call, thrown)
    throw thrown
  }
}

/** The answer of a refusal that no route has thrown. */
export function toErrorResponse(call: WeChatCall, refusal: ErrcodeError): WeChatResponse {
  const text = errmsg(refusal, call.rid, () => createHint(call.state.ids))
  return toDecision(routeAt.get(call.path), refusal.errcode, { errcode: refusal.errcode, errmsg: text })
}

function toDecision(route: WeChatEndpoint | undefined, errcode: number, body: object): WeChatResponse {
  return {
    status: 200,
    contentType: route?.contentType ?? JSON_CONTENT_TYPE,
    body: JSON.stringify(body),
    errcode,
  }
}

function createHint(ids: IdGenerator): string {
  return `${ids.unique(ALPHANUMERIC, 9, 'hint', 'a')}-${ids.unique(ALPHANUMERIC, 6, 'hint', 'b')}`
}
